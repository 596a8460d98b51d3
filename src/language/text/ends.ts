// What a sentence ends with and means nothing: "export my data, please!!"
//                                                        lastPlease ↑     ↑ lastMarks
// A run is tried from its beginning alone: tried from each of its characters, ten thousand blanks in the middle of a text
// would take seconds.
export const lastMarks = /(?<![.!?\s])[.!?\s]+$/
export const lastPlease = /(?<![\s,])[\s,]+please$/i
