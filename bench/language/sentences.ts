/** What people type at a planning assistant, and what they say to each other while it listens. */
export const sentences: readonly string[] = `
remind me tomorrow at 3pm to call the plumber
remind me in 20 minutes to take the bread out
remind me to water the ferns every Sunday morning
remind me every weekday at 8:45 to open the till
remind me on the 15th of March to renew the passport
remind me in an hour and a half to move the car
remind me next Thursday at noon to send the slides to Priya
remind me to check on the deployment in 2 hours
remind me about the parents' evening on 12 May at 18:30
remind me every other Tuesday at 9 to rotate the on-call phone
remind me tonight to put the bins out
remind me at half past four to ring the dentist
remind me the day before Christmas to collect the goose
remind me on the last Friday of every month to close the books
remind me every 3 hours to drink some water
remind me 2 days before the end of the month to file expenses
remind me to stretch every day at 11 and 16
remind me to buy milk, eggs and a "birthday card for noon" tomorrow
remind me in 45 mins that the laundry is done
remind me when I get back on Monday to answer Lena
remind @ben and @eve on Friday at noon to vote
remind @carla to upload the contract by Thursday 5pm
remind #ops on the 1st of every month at 9 to rotate the keys
remind #general every Monday at 10am about the weekly update
remind <@U04PLANT> in ten minutes to join the call
remind the whole team on Wednesday at 14:00 to fill in the survey
please remind me to pay rent on the first of each month
can you remind me to pick up Sam from school at 3:15 today
could you please remind me to take my pills every morning at 7
don't let me forget to book flights tomorrow evening
I need a reminder for the vet appointment on Saturday at 10
set a reminder for 6am to feed the cat
set a reminder for next Wednesday to review Omar's draft
set an alarm for 6:20 tomorrow
wake me up at 7 every weekday
set a timer for 12 minutes
nudge me at 4 to push my branch
ping me in half an hour
ping me tomorrow morning about the invoice from Karlsson
in 3 days remind me to follow up with the landlord
tomorrow at 9, remind me to move the stand-up
at 5pm every Friday remind me to submit my timesheet
every January 5th remind me of Noor's birthday
on the 2nd Monday of each month at 17:00 remind #board to send the agenda
starting next week remind me every day at noon to eat something
remind me daily until the end of June to practise the cello
remind me every day for 10 days to take the antibiotics
remind me yearly on 3 October to service the boiler
remind me quarterly to back up the photos
remind me on weekends at 9 to call grandma
remind me monthly on the 31st to check the meter
remind me 10 times every 5 minutes to breathe
remind me at 23:55 to upload the build
remind me at quarter to six to start dinner
remind me on 2027-02-14 at 08:00 to order flowers
remind me 4/12 at 2:30pm to sign the lease
remind me after lunch to reply to Dario
remind me this evening to charge the bike
remind me later today to file the bug
remind me on my way home to buy stamps
lunch with Eve on Friday from 12 to 1
dinner at Luigi's tomorrow at 8pm
coffee with Amir next Tuesday at 10:30
team sync every Monday at 9:30 for 45 minutes
meeting with Jo and Max on Thursday at 2 in the Conference Room
meet Hana at the library on Saturday at 11
schedule a call with jane.doe@example.org tomorrow from 3 to 3:30pm
schedule a design review on Wednesday at 16:00 for an hour and a half
schedule a zoom meeting with the Oslo office next Monday at 9am CET
book a dentist appointment on 7 January at 8:40
book the big room on Friday afternoon from 1pm until 4pm
plan a team dinner for next Friday at 19:00
add an event called "Back to the Future night" on Saturday at 9pm
add my flight to Lisbon on 18 February at 06:55
add "quarterly planning" to my Work calendar on the 3rd of April from 10 to 12
create an event: product demo, Tuesday 11am, google meet
create a meeting with @ravi about the budget on Thursday at half past two
put football practice into my calendar every Wednesday at 6pm
put the school play on the family calendar for 12 December at 17:00
set up a 1:1 with Ingrid every other Thursday at 15:00
set up an interview with the new designer on Monday at 1:30 pm, 45 minutes
organise a retro for the last Thursday of the month at 4pm
block 2 hours tomorrow morning for writing
block out Friday for focus time
holiday in Crete from 3 to 17 August
all day offsite on 21 May
conference in Berlin from Monday to Wednesday next week
yoga class every Tuesday and Thursday at 18:15
piano lesson on Wednesdays at 4
choir rehearsal tonight at 7:30 at St. Mark's
board meeting on the second Tuesday of every month at 5pm
all hands on Thursday 10-11am
stand-up every weekday at 9:15 except holidays
birthday party for Nia on Sunday from 2 to 5 pm at the park
breakfast with the investors on the 9th at 8:00
doctor tomorrow 9.20am
haircut Saturday 10am
call mum on Sunday at 6
webinar on 30 September at 15:00 London time
retro with the platform team in room 4.12 tomorrow 13:00-14:00
training from 9am to 5pm on Monday and Tuesday
workshop next week Wednesday at 10, alert me 15 minutes before
sprint planning every 2 weeks on Monday at 10 starting next Monday
move the call with Jo to Friday at 3
move tomorrow's stand-up to 10
push my 4 o'clock back by half an hour
reschedule the dentist to next Wednesday at 9
change the demo to 5pm
rename the sync to weekly platform sync
cancel lunch with Eve on Friday
cancel my meeting at 3 tomorrow
cancel all meetings next Thursday afternoon
delete the yoga class on 4 June
cancel that
invite Karim to the design review
I can't make it to the retro on Thursday
accept the invitation to the offsite
decline Friday's board meeting
what is on this week
what's on my calendar tomorrow
what do I have on Friday afternoon
what am I doing next weekend
show my agenda for Monday
show me all events in December
list my meetings for the rest of the week
do I have anything on the 14th
do I have a meeting with Priya this week
when is my next meeting
when is the dentist appointment
when does the retro start
where is the offsite
how many meetings do I have tomorrow
am I free on Wednesday at 3
are we free for lunch on Thursday
find a free hour for me and @ravi next week
find a slot of 30 minutes with Jo, Max and Hana before Friday
when can I meet Ingrid for 45 minutes this week
who is free tomorrow at 2pm
what time is it in Tokyo
what time will it be in New York when it is 9am in Berlin
what day is 24 December
how long until Easter
is Monday a holiday
todo buy milk
todo renew the domain by Friday
add oat milk to the shopping list
add "fix the squeaky door" to my todos
add book hotel to my todo list for tomorrow
put batteries on the shopping list
put call the bank on my list for Monday
list my todos
what's left on my list
show the shopping list
what are my tasks for today
done with milk
mark the expense report as done
I finished the slides
check off call the bank
remove batteries from the shopping list
delete the task about the domain
rename the todo milk to oat milk
move the expense report to next Monday
I have to return the library books by the 20th
I need to buy a present for Elif before Saturday
task: write the post-mortem, due Thursday
note: the door code is 4711
note that the printer on the third floor is broken
take a note: Omar prefers calls before 10am
remember that the spare key is with Mrs. Novak
jot down ideas for the summer party
save a note called wifi with guest / 2b-or-not-2b
list my notes
find my note about the wifi
what did I write about the printer
delete the note about the door code
add to the note wifi: works only on the second floor
snooze that for an hour
snooze until tomorrow morning
snooze 15 minutes
remind me again at 5
cancel the reminder about milk
cancel all my reminders for tomorrow
what reminders do I have
show my reminders for this week
list the reminders for #ops
move that reminder to 8pm
change the water reminder to every 2 hours
pause the stretch reminder until Monday
stop reminding me about the bins
done
undo
help
thanks, that's all
what can you do
my time zone is Berlin
set my time zone to America/Denver
I work from 9 to 17:30
my working hours are 8am to 4pm on weekdays
remind me at 8 instead of 9 by default
show my settings
use the 24 hour clock
send me a digest every morning at 7:30
send #team a summary of the week every Friday at 16:00
stop the daily digest
create a group design with @hana, @luis and @mei
add @ben to the group design
who is in the group design
delete the group interns
export my calendar
import this file into my calendar
shift all my meetings tomorrow by 30 minutes
cancel everything on Thursday
move it to 10
make it two hours longer
yes
no, the other one
Friday works
tomorrow at 3
next week some time
2pm
in the afternoon
the 5th
14:30 tomorrow
5 minutes before
every day
Monday and Wednesday
from 9 to 11
has anybody seen the new mockups?
I pushed the fix, can someone have a look before lunch?
good morning everyone
the build is red again since yesterday
lol that was a long meeting
I'll be out tomorrow, back on Thursday
we shipped version 2.4 on Monday and nobody noticed
is the staging server down for you too?
ok, let me check and get back to you in a few minutes
sorry, I was at lunch
the demo yesterday went really well, thanks everybody
I think we should rewrite the importer, it takes 3 hours on a good day
who wants pizza?
it was 30 degrees here on Sunday
the second half of the talk was much better than the first
can we talk about this on the call?
my train is 20 minutes late
see you all next week!
that was merged 2 weeks ago
I always forget which of the 5 tables holds the sessions
the ticket says it affects 1 in 10 requests since the May release
let's not do this on a Friday
+1
brb
does anyone know why the tests take 12 minutes on CI?
we had 4 incidents in Q3 and only one in Q4
happy birthday Nia!
the new office is 10 minutes from the station
he may be right, but march is not over
sat in traffic for an hour this morning
the sun is finally out
just a second
any plans for the weekend?
I'd say we wait until the numbers are in
she will be here by noon or so
the logs from 03:12 to 03:20 show nothing unusual
please review https://git.example.com/pull/4821 when you have a moment
cc @luis @mei for the release on the 28th
could we move the retro? I have a conflict with the dentist
why is the invoice from last month still open
thanks Priya, you saved my day
what about dinner at 8?
how was your weekend
when you have time, tell me about the migration plan
my favourite month is October
remind me why we chose this framework again
note to self, never deploy at five
this needs to be done by someone at some point
we need a better name for the Monday meeting
I have been on this call for 2 hours and 15 minutes
the contract runs from 1 April 2026 to 31 March 2028
the first 3 rows are wrong, the last one is fine
`
  .trim()
  .split('\n')

/**
 * The same texts as a platform hands them over: strings of their own.
 *
 * The engine keeps answers of regular expressions about strings that stand in source code.
 */
export function typedSentences(): readonly string[] {
  return sentences.map((sentence) => Buffer.from(sentence).toString())
}
