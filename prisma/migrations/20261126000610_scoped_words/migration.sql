-- The words of an event as words of its calendar, so that a search reads of the index what is in the calendars that it is
-- about, however much all others have. A text of many letters is taken apart, since a word may grow too long for a tsvector.
CREATE FUNCTION "event_words"("calendar" UUID, "words" TSVECTOR) RETURNS TSVECTOR LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN octet_length(strip("words")::text) < 2000 THEN replace(' ' || strip("words")::text, ' ''', ' ''' || right("calendar"::text, 8))::tsvector
    ELSE array_to_tsvector(ARRAY(SELECT right("calendar"::text, 8) || left("word", 400) FROM unnest(tsvector_to_array("words")) AS "word"))
  END;
CREATE INDEX "event_words" ON "event" USING gin ("event_words"("calendar_id", "search"));
DROP INDEX "event_search";
