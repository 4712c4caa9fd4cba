# What the assistant says in English. The municipality's own names stay in Spanish.
# Every message must use the variables that it uses now: `opina check` tells when one is missing.

## The assistant
welcome =
    Hello. I am the automatic assistant of the { $municipality }.
    I can tell you how an area or a procedure works, take your grade and help you to complain.
    Write your question in your own words, or choose. If you prefer a person, write PERSON.
introduction = I am the automatic assistant of the { $municipality }. I answer questions, take your grade for a visit and take complaints. If you prefer a person, write PERSON.
hello-again = Hello again.
menu =
    How can I help?
    You can also write AREAS, DATA or PERSON.
help =
    Write your question in your own words, such as «permiso de circulación» (Spanish finds more). I also understand:
    GRADE, to grade a visit.
    AREAS, to see the municipal areas.
    COMPLAINT or PERSON, to be answered by a person.
    BACK, SKIP, CANCEL and MENU.
    CHANGE, to correct a grade.
    SURVEY, for a longer questionnaire.
    DATA and RIGHTS, about your data.
    ESPAÑOL, para castellano.
goodbye = You are welcome. I am here if you need anything else.
language-now = From now on I will write in English. The municipality's information cards are in Spanish.
language-hint = Español: escriba ESPAÑOL.
ask-away = Write your question in your own words. For example: «renovar licencia». If you prefer a list, write AREAS.
failed = Sorry, something went wrong on our side and I could not answer. Your earlier answers are kept. Write again, or write MENU to start.
command-unknown = I do not know that command. To see what I understand, write HELP.

## Open questions
pending-rating = Your grade for { $area } is still open. To go on, write RESUME.
pending-resumed = Let us go on with your grade for { $area }.
pending-questionnaire = «{ $title }» is still open. To go on, write RESUME.
nothing-pending = You have nothing left to finish.
questionnaire-gone = An open question no longer exists, so I closed it.
cancelled = Done, it is cancelled.
cancelled-grade = Done, it is cancelled. No grade for { $area } was kept.
cancelled-change = Done. Your grade for { $area } is { $grade }.
nothing-to-go-back = There is no earlier question.
cannot-skip = This question cannot be skipped. You can write CANCEL and nothing is kept.
not-optional-done = This answer is missing. If you do not want to go on, write CANCEL.
button-stale = That button belonged to an earlier message, so I changed nothing.
number-stale = I do not know what that { $number } answers, so I changed nothing.
number-stale-rated = Your grade for { $area } is still { $grade }.
number-beyond = { $number } is not in the list, so I changed nothing.
what-do-you-need = What do you need?
nothing-asked = There is no yes or no question now.
desk-unknown = I did not recognise that code.
upset = I am sorry for the trouble. I can file a complaint with a number, take your grade, or have a person answer.

## Rating
choose-area-to-rate = Which office served you? Choose one from the list or write its name.
area-not-recognised = I did not recognise that area. Write what you went there for or where you were served, or choose one from the list.
experience-thanks = Thank you for telling me. I will keep it as your comment.
grade-area-guessed = Thank you for telling me. Was it at { $area }? If so, give it a grade: 1 is very bad and 7 very good. If it was elsewhere, tell me where.
words-before-grade = Thank you for telling me. I will keep it as your comment. Now give your grade, from 1 to 7.
notice = Your grade helps to improve the service. Please give no names, RUT or health details. More: DATA.
pending-noted = Understood: your procedure is not finished yet. Your grade will be counted separately.
grade-misread = I did not understand the grade. Answer with a number from 1 to 7. Nothing was lost.
grade-misread-again = I still cannot read your grade. For example, write 6, or the word SIX. If you do not want to give a grade, write CANCEL.
grade-check-low = One moment. { $grade } is a low grade, but what you told me is good. I have noted nothing yet. Write the grade as a word: ONE, SEVEN or another.
grade-check-high = One moment. { $grade } is a high grade, but what you told me is bad. I have noted nothing yet. Write the grade as a word: ONE, SEVEN or another.
grade-noted = I noted a { $grade } for { $area }.
grade-noted-pending = I noted a { $grade } for { $area }, for a procedure that is not finished. The grade is separate from any complaint.
reason-misread = Choose a number from the list, or say it in your own words.
change-was-pending = Last time your procedure was not finished. If it still is not, say so again.
change-ended = It now counts as a finished procedure.
change-keeps-comment = Your comment is kept. If you write another one now, it takes its place.
change-keeps-reason = The reason that you chose is kept: { $reason }. If you choose another one, it takes its place.
change-drops-reason = The reason that you had chosen ({ $reason }) does not go with this grade and was taken out.
thanks = Thank you. We noted your grade { $grade } for { $area }. On Monday the area gets the week's summary, without identifying you. Do you need an answer? Write COMPLAINT and we will give you a number to follow it.
thanks-pending = Thank you. We noted your grade { $grade } for { $area }, for a procedure that is not finished. On Monday the area gets the week's summary, without identifying you. Do you need an answer? Write COMPLAINT and we will give you a number to follow it.
thanks-add = If you want to add something, write it now. To finish, write DONE.
thanks-question = If the last thing was a question, write QUESTION.
words-joined = I added it to your comment for { $area }. The area reads it without your name. You can go on, or write DONE. If it was a question, write QUESTION.
words-joined-again = I added that too. You can go on, or write DONE.
words-full = Your comment has reached its maximum length, so this last part was not added. The rest is kept. Write DONE to finish.
words-done = Done. Your comment is kept.
already-rated = You already gave { $area } a { $grade } on { $date }. Each person grades an area once in 30 days. Do you want to change that grade?
kept = Fine. Your grade for { $area } is still { $grade }.
nothing-to-change = I have no grade of yours from the last 30 days. To give one, write GRADE.
rate-offer = I am glad. Have you already been served at { $area }? If you like, give it a grade.
rate-declined = All right. I am here if you need anything else.

## Other questions
yes-no-misread = I did not understand. Answer YES or NO.
choice-misread = I did not understand. Answer with the number of one option.
choices-misread = I did not understand. Answer with the numbers of your options, for example: 1 and 3.
choices-so-far = So far: { $chosen }. Choose another, or write DONE.
choices-too-few = Choose at least { $minimum }.
choices-too-many = Choose at most { $maximum }.
number-misread = I did not understand. Answer with a number, for example: 3.
number-out-of-range = That number is not possible. It must be between { $minimum } and { $maximum }.
date-misread = I did not understand the date. Write it like this: 16-11-2026. TODAY or YESTERDAY also work.
date-out-of-range = That date is not possible. Please check it.
text-too-long = It is a little long. Write at most { $maximum } characters.
text-too-short = It is very short. Write at least { $minimum } characters.
optional-hint = You can skip it with SKIP.
questionnaire-list = These are the questionnaires. Choose one.
questionnaire-none = There are no questionnaires for now.
questionnaire-done = Thank you. You finished «{ $title }». Your answers were noted, without your name.
round-begins = You can answer until { $date }. It is counted by area and without your name. To leave with nothing kept, write CANCEL.
round-done = Thank you. You finished “{ $title }”. Your answers were counted with those of your area, without your name.
round-over = “{ $title }” has closed, or you have answered it already. I did not count these answers.
round-closed = That questionnaire has closed, or you have answered it already.

## Looking up
useful = Was it useful?
useful-yes = I am glad.
useful-no = Thank you for saying so: it helps us to improve the card. Try other words, or write AREAS or PERSON.
suggest = I am not sure I have the answer to «{ $query }».
suggest-which = Perhaps you are looking for:
suggest-none = Understood. Try other words, or write AREAS or PERSON.
card-gone = That information is no longer published.
not-found = I found no answer for «{ $query }». Try other words, or write AREAS or PERSON. We keep your question, without your data, to improve.
report-offer = To report it from here, write COMPLAINT: you will not have to repeat it.
not-municipal = That is not up to the Municipality. It belongs to: { $institution }.
not-municipal-at-all = That is not up to the Municipality.
not-municipal-more = If you were looking for something else, write it in other words, or write AREAS or PERSON.
institution-link = Site
institution-phone = Phone
areas = These are the municipal areas. Choose one, or write your question.
area-services = Choose a procedure from the list, or write your question.
area-no-services = Write your question, or go back to the MENU.
waiting = Waiting like that is tiring. I am the automatic assistant: I cannot see your file or hurry it. I can file a complaint with a number, or show what is required.
waiting-choice = Which do you prefer?
card-online = Online, no need to come
card-online-unconfirmed = It is done online, no need to come (link not confirmed).
card-needs = You need
card-steps = Steps
card-place = Where
card-hours = Hours
card-cost = Cost
card-duration = It takes
card-link = More
card-area = Responsible: { $area }.
card-confirmed = Checked by { $area } on { $date }.
card-unconfirmed = The area has not confirmed place or hours yet.
card-contact = Before you go, ask
card-contact-person = To talk to a person, write PERSON.

## People and complaints
case-person = Your number is { $number }. A person will answer in this chat, by { $date } at the latest. In an emergency call 133, 132 or 131.
case-person-hours = Your number is { $number }. A person will answer in this chat, by { $date } at the latest. Hours: { $hours }. In an emergency call 133, 132 or 131.
case-person-tell = Now tell us what you need: that person will read it. To finish, write DONE.
case-person-again = Your request { $number } is still open. Write now what you want to add. To finish, write DONE.
case-ask = Tell me in one message what happened, where and when. Then I will give you a complaint number. To leave it, write CANCEL.
case-told-before = No need to repeat. I noted: «{ $words }».
case-opened = Your { $kind } has the number { $number }. Answered by: { $receiver }. Deadline: { $date } ({ $days } working days). I will tell you here when a person reads or forwards it. It does not replace legal remedies or stop their deadlines.
case-mail-offer = Would you like it by e-mail too? Write just your address. If not, you will see it when you come back to this page.
case-mail-taken = Noted: I will also write to { $mail } with the answer to { $number }, and if anything changes. It is deleted with the case.
case-mail-wrong = That address does not look complete. Write all of it, with the at sign and what follows, or write DONE.
case-mail-subject = Answer to { $number }
case-mail-news = News of { $number }
case-mail-end = This address receives no replies. To answer, write ANSWER where you filed your case.
case-if-late = If the deadline passes, the municipal administration sees it and I tell you here. You can also go to the Contraloría.
case-tell-more = If you want to add something, write it now. To finish, write DONE.
case-ask-sugerencia = Tell me your suggestion in one message. To leave it, write CANCEL.
case-ask-felicitacion = Tell me in one message who you want to praise and why. To leave it, write CANCEL.
case-ask-solicitud = Tell me in one message what you are requesting. To leave it, write CANCEL.
case-ask-llamada = Which number shall we call, at what time and why? Tell me in one message. To leave it, write CANCEL.
case-how = It is filed right here, free of charge and without going to the municipality. The answer comes in this chat, within { $days } working days after it is filed.
case-readers = It is read by the person who has to answer: { $receiver }. If another area is in charge, they pass it on. To see what we keep, write DATA.
case-unnamed = We do not ask for your name or RUT, and you may leave them out. Whoever answers reads what you write. We keep your chat, encrypted, so that the answer reaches you here. More: DATA.
case-files = You can send up to { $most } photos or PDFs here: they go with your request. I cannot take videos.
case-outcome = I cannot know that: { $receiver } looks into it, and will tell you in the answer in this chat. I did not add your question to what you tell. If they should read it, write it without a question mark.
case-hours-unknown = The opening hours of { $receiver } are not confirmed yet. You can write here at any hour.
case-noted = Thank you, I noted it.
case-missing = I still need: { $missing }. Tell me in one message, or write SKIP.
case-missing-where = where it was
case-missing-when = when it was
case-missing-wish = what you are asking for
case-missing-reference = the number or the date of your application
case-missing-phone = which number we call and at what time
case-missing-and = { " and " }
case-summary = Check before it is sent: “{ $words }”. It goes to: { $receiver }. If something is missing, write it.
case-summary-ask = Shall I file it?
case-area-ask = Which area is it for? Write its name. If you do not know, the office forwards it.
case-full = There is no room for this last part, so I did not note it. You can add it once you have your number.
case-dropped = All right, I filed nothing.
case-urgent = I filed it under the number { $number }, without more questions. I have just told the person on duty. This does not replace that call.
case-alerted = I have just told the person on duty. If somebody is in danger, call 133, 132 or 131.
records-way = Public information (Ley 20.285) is not requested in this chat. Request it at the Portal de Transparencia or in writing at the Municipality. It takes { $days } working days, and { $more } more at most.
case-extended = I added it to { $number }. You can go on writing, or put DONE.
case-done = Done. { $number } is filed. The answer will come in this chat.
case-answer = { $number }. Answer from a person of { $receiver }: “{ $words }”
case-answer-judge = Does it answer what you asked? To write back, write REPLY.
nothing-waits = You have no messages to read.
case-answer-back = To write back, write REPLY.
case-news-read = { $number }: a person of { $receiver } has read it.
case-news-forwarded = { $number } was forwarded. Answered now by: { $receiver }.
case-news-due = The deadline stays: { $date }.
case-news-extended = { $number }: the deadline was extended. The answer comes by { $date } at the latest.
case-news-overdue = { $number }: the deadline passed without an answer, and we are sorry. The Municipal Administration has it now. You can also complain to the Contraloría.
case-news-closed = { $number }: { $receiver } closed your case.
case-news-reopened = { $number }: { $receiver } opened your case again, under the same number. Deadline: { $date }.
case-news-formal = { $number }: what you ask for is public information, which has its own way. So this case is closed here.
case-news-why = Reason: “{ $words }”.
judged-yes = Thank you. { $number } stays as answered.
judged-partly = Thank you for telling me. Write what is missing, and { $number } will be opened again.
judged-no = I opened { $number } again, under the same number. Deadline: { $date }. Write now what is missing. To finish, write DONE.
reopen-too-late = It is too late to open { $number } again. To file a new one, write COMPLAINT.
case-receiver-general = the information and complaints office
case-open-again = Write now what you want to add to { $number }. The same office will read it. To finish, write DONE.
case-none = I find no request of yours that is still open. To begin one, write PERSON or COMPLAINT.

## Your data
data =
    What we do with what you write:
    Why: to improve municipal services, by the functions that the law gives us. Grading is voluntary.
    Who sees it: the area gets totals and comments without your name. Your complaint is read by whoever must answer it.
    How long: comments, { $keep }. Grades stay without identifying you.
    The chat also passes through the company that you use, such as Telegram or WhatsApp (Meta). The web chat is ours alone.
    Your rights: SHOW, CORRECT, ERASE, OBJECT, BLOCK and TAKE. To see them explained, write RIGHTS.
data-contact = The municipality's contact: { $contact }
my-data-since = This is what we have kept of this chat since { $since }.
my-data-responses = Grades: { $responses }
my-data-comments = Comments: { $comments }
my-data-cases = Requests: { $cases }
my-data-mails = Addresses for your answers: { $mails }
my-data-people = Conversations with a person, which you can take along whole: { $days }
my-data-breaches = Notices of problems with the security of your data: { $days }
my-data-requests = Asked about your data: { $requests }
my-data-request = { $number }, { $right } ({ $status })
my-data-told = You agreed to be told what was done. To end this, write ENOUGH.
my-data-blocked = Your comments are blocked: they are not used. To have them used, write UNBLOCK.
my-data-number = Number { $number }, { $date }. To take all of it along, write TAKE. To erase it, write ERASE.
my-data-file = The files have all of it, not shortened.
my-data-none = nothing
my-data-response = { $area }, grade { $grade } ({ $date })
my-data-response-open = { $area }, no grade ({ $date })
my-data-comment = { $area }: «{ $words }»
my-data-case = { $number } ({ $status })
my-data-more = and { $count } more
erase-goes = I am going to erase your comments, the text of your closed requests and what links this chat with you.
erase-stays = Grades already summed stay without identifying you. The number of this request stays too, to prove that it was met.
erase-stays-cases = Your open requests stay until they are answered, as the law requires: { $numbers }.
erase-confirm = This cannot be undone. Shall I erase your data?
erase-own-phone = That erases nothing on your telephone. There, press and hold this chat in the list and choose delete. If you can, write from another telephone.
erased = Done, number { $number }, { $date }: we erased your comments and your identifier of this chat. Grades already summed do not tell who you are.
erase-kept-cases = We keep the following open, because the law requires us to answer it: { $numbers }. As we erased your chat, ask for the answer with that number at the Municipality.
right-agency = If you disagree, you can complain to the Agencia de Protección de Datos Personales. You have { $days } working days.
erase-stopped = All right, I erased nothing.
right-stopped = All right, I did nothing.
rights = What do you want to do with your data? Choose a number or write the word.
keep-months = { $count } months
keep-days = { $count } days
rights-terms = It is free. Where a person decides, you get an answer within { $days } days; for a block, within { $block } working days.
rights-mine = SHOW what we keep
rights-rectify = CORRECT something
rights-erase = ERASE what is mine
rights-object = OBJECT to a use
rights-block = BLOCK for a time
rights-take = TAKE a copy along
rights-consent = POST me on what is done with my opinion
own-device = If others use this telephone or computer, they can see it as well.
access-confirm = Shall I show here all that we keep of this chat?
port-confirm = Shall I give you here a copy of all that we keep of this chat?
object-confirm = We will stop inviting you to give grades and to answer surveys. Shall I do so?
block-confirm = We will stop using your comments in digests and downloads while a person decides. Shall I do so?
rectify-what = What do you want to correct?
rectify-ask = Write in one message what is wrong and how it should be. A person decides. To leave it, write CANCEL.
object-ask = Write in one message to which use of your data you object and why. A person decides. To leave it, write CANCEL.
taken = Done, number { $number }, { $date }. The files hold all that we keep of this chat.
taken-hint = To read it in words, write SHOW.
answer-file = File from the municipality, with the answer to { $number }.
person-file = File from the person who is helping you.
taken-file = A file that you sent with { $number }.
taken-chat-file = File that you sent to a person in this chat.
taken-more = There is no room for { $count } more files. If you want them, write PERSON.
own-text = Your data, to read.
own-json = The same data, for other programs.
objected = Done, number { $number }, { $date }: we no longer invite you to grades or surveys. You can write whenever you like.
right-filed = We received your request: number { $number }, { $date }. A person answers it in this chat by { $until } at the latest.
right-may-take-longer = If needed, the time is extended once by { $days } days, and we tell you.
blocked = From now on we do not use your comments. To have them used again, write UNBLOCK.
block-already = Your comments are blocked already: we do not use them.
block-none = Your comments are not blocked.
unblocked = Done. Your comments are no longer blocked.
right-granted = { $number }. Answer of a person: your request was granted. «{ $words }»
right-refused = { $number }. Answer of a person: your request was not granted. «{ $words }»
right-extended = { $number }. The answer takes longer: by { $date } at the latest. «{ $words }»
right-name-access = show
right-name-rectify = correct
right-name-erase = erase
right-name-object = object
right-name-block = block
right-name-port = take a copy
right-status-open = waiting
right-status-granted = done
right-status-refused = refused
right-status-lifted = ended
consent-ask = Do you want to be told here what was done with your opinion? It is voluntary and you can say ENOUGH at any time.
consent-given = Noted, { $date }: we will tell you in this chat. To end it, write ENOUGH.
consent-news = { $municipality }, on { $area }: «{ $words }». To get no more of these, write ENOUGH.
breach-news = { $municipality } tells you of a problem with the security of your data: «{ $words }». To see your data, write SHOW.
measure-news =
    You gave your opinion on { $area } and agreed to hear what was done. This was done:
    “{ $words }”
    Thank you for your opinion. To get no more messages like this one, write ENOUGH.
measure-news-change =
    You gave your opinion on { $area } and agreed to hear what was done. This was done:
    “{ $words }”
    After that, grades of 6 and 7 went from { $before } % to { $after } %.
    Thank you for your opinion. To get no more messages like this one, write ENOUGH.
consent-withdrawn = Done, { $date }: we will not tell you. There is nothing else to do.
case-status-open = open
case-status-answered = answered
case-status-closed = closed

## Other messages
media-voice = I got your voice message, but I cannot listen to it. Write it in words, or write PERSON.
media-photo = I got your photo, but I cannot see it.
media-video = I got your video, but I cannot see it.
media-document = I got your document, but I cannot read it.
media-sticker = Thank you. I only read words.
media-location = I got your location, but I cannot see the map. Write the street or the neighbourhood in words.
media-contact = I got a contact and did not keep it.
media-other = I got something that I cannot open.
receipt-caption = Receipt of { $number }.
receipt-given = Here is your receipt. It does not replace any legal appeal or stop any legal deadline.
file-taken = I got your file ({ $count } of { $most }): it goes with your request. If I cannot keep it, I will tell you here.
voice-taken = I got your voice message. I cannot listen to it: a person will, with your request. It is deleted after { $days } days.
voice-filed = I got your voice message. I cannot listen to it: a person will, and will answer you by { $date }. Your number is { $number }. The recording is deleted after { $days } days.
voice-call = If you prefer a call, write CALL.
file-held = If your file goes with a complaint, write COMPLAINT or PERSON: you need not send it again. If not, I delete it in a day.
files-full = There are { $count } with this request already, so I did not keep this one. You can describe it in words.
file-refused-large = I did not keep a file: it is larger than { $mb } MB. Please send a smaller one, such as a photo.
file-refused-type = I did not keep a file: I only take photos, PDFs and voice messages. You can send a photo of it.
file-refused-unreadable = I did not keep a file: it could not be opened. You can send it again, or a photo of it.
file-refused-locked = I did not keep a PDF: it has a password. Send it without one, or a photo of it.
file-refused-gone = I did not keep a file: it did not arrive complete. You can send it again.
file-rest-kept = Everything else that you sent is still kept.
media-caption = I cannot see the file, but I read your text.
tell-in-words = Tell me in words what you need.
edited = I saw that you changed a message. What came before stays as it was. To correct a grade, write CHANGE. For anything else, write it again.
no-words = I only read words and numbers.

## Emergencies
emergency-fire = If there is fire or smoke, get out and call the fire brigade now: 132. I am an automatic assistant: I cannot call for you.
emergency-gas = If you smell gas, do not switch on lights or light a flame. Open the windows, get out and call the fire brigade: 132. I am an automatic assistant: I cannot call for you.
emergency-medical = Call the ambulance now: 131. I am an automatic assistant: I cannot call for you.
emergency-violence = If there is danger now, call the police: 133. For advice on violence against women, 1455 answers day and night. I am an automatic assistant: I cannot call for you.
emergency-child = If a child is in danger, call the police now: 133. There is also Fono Niños: 147. I am an automatic assistant: I cannot call for you.
emergency-suicide = I am sorry that you are going through this. Call *4141 now, free from a mobile phone, day or night. If there is immediate danger, call 131. I am an automatic assistant; a person can listen to you there.
emergency-crime = If a crime is happening, call the police now: 133. I am an automatic assistant: I cannot call for you.
emergency-disaster = Get away from the danger and follow official instructions. Fire brigade: 132. Ambulance: 131. Police: 133. On the coast, after a strong quake, go up to high ground. I am an automatic assistant.

## Municipal staff
staff-linked = { $name }: this chat is now linked to your account. Here you will get your area's cases and the weekly digest. To answer a case, reply quoting its notice.
staff-code-refused = That code does not work or has lapsed. Ask whoever runs the assistant for a new one.
staff-help = { $name }: to answer a case, reply quoting its notice. To learn what changed in the week, write /semana; to see your measures, /medidas. To read the quality policy, /politica; to answer a questionnaire for staff, /cuestionario.
policy-about = { $name }, { $decree }, version { $version }. { $aim }
policy-commitment = { $number }. { $title }: { $text }
policy-ask = If you have read it, answer three short questions.
policy-wrong = Not that one. Please read the commitments again and choose once more.
policy-right = That is right.
policy-understood = Thank you: you answered everything. It is counted once a person and by area only; your name is not kept with it.
week-none = No week has been controlled yet. The first one is, on the Monday after the first opinion comes in.
week-not-yours = The figures of the week are seen by whoever has a role that includes them. Ask whoever runs the panel.
measures-none = There are no open measures in your area.
measures-list = These are the open measures of your area. Tap one to see it.
measure-to-decide = { $number }, { $area }: to be decided by { $date }. The decision is noted in the panel.
measure-decided = { $number }, { $area }: to be done by { $date }.
measure-waits = { $number }, { $area }: it is done, and its effect is awaited.
measure-told = { $number }, { $area }: its effect is measured. It is closed or opened again in the panel.
measure-judged-by = It is judged by “{ $indicator }”.
measure-words = “{ $words }”
measure-signal = The control chart gave a signal: { $area } fell more than expected. The figures are in /semana.
measure-quote = To note something that was done, reply quoting this message, or write { $number } and the note.
measure-taken = { $number } is yours now.
measure-noted = Your note is in { $number }.
measure-done = { $number } is noted as done. Its effect is measured with the answers of the next eight weeks. If it was a mistake, tell the quality team: they open it again.
measure-not-now = { $number }: that is not possible now, or it is not of your area. Write /medidas to see where they stand.
measure-area-ask = Which area is the measure of? Write its name.
measure-area-unknown = “{ $words }” is not an area of which you can open measures.
measure-not-yours = Measures are opened by the head of the area and the quality team.
measure-origin-ask = Where does the measure of { $area } come from?
measure-ask-problem = What is the problem? Do not name anybody.
measure-ask-agreement = What was agreed? Do not name anybody.
measure-ask-gap = What is missing, or what is the gap? Do not name anybody.
measure-ask-cause = What is the cause?
measure-ask-action = What will be done?
measure-ask-due = By which day? Write day, month and year, like 30-12-2026.
measure-ask-held-on = On which day was the meeting? Write day, month and year, like 30-11-2026.
measure-ask-place = Where was the meeting?
measure-ask-attendance = How many people attended?
measure-ask-criterion = Which criterion of the self-assessment is not met?
measure-ask-evidence = What is the evidence that it is not met?
measure-too-long = That is { $count } letters, and { $most } fit. Write it shorter.
measure-no-day = I do not recognise that day.
measure-day-past = That day has passed.
measure-day-ahead = That day has not come yet.
measure-no-count = Write the number in figures, from 1 to 100,000.
measure-summary = A measure of { $area }. { $origin }:
measure-said-problem = Problem: “{ $words }”
measure-said-agreement = Agreement: “{ $words }”
measure-said-gap = Gap: “{ $words }”
measure-said-cause = Cause: “{ $words }”
measure-said-action = Action: “{ $words }”
measure-said-due = To be done by { $words }
measure-said-held-on = Meeting of { $words }
measure-said-place = Place: “{ $words }”
measure-said-attendance = People who attended: { $words }
measure-said-criterion = Criterion: “{ $words }”
measure-said-evidence = Evidence: “{ $words }”
measure-open-ask = Its effect is measured by grades 6 and 7 of the area; for another indicator, open it in the panel. It carries your name and cannot be erased. Shall I open it?
measure-opened = The measure is open. Write /medidas to see its number and what comes next.
case-notice =
    { $number }: { $kind }, { $area }.
    «{ $words }»
case-notice-added =
    { $number }: the person added:
    «{ $words }»
case-notice-urgent = Urgent: somebody may be in danger.
case-notice-due = Deadline: { $date }.
case-remind-unread = { $number } ({ $area }): nobody has read or forwarded it in time. It is due on { $date }.
case-remind-first = { $number } ({ $area }): still without an answer. It is due on { $date }.
case-remind-second = { $number } ({ $area }): second warning. Still without an answer and due on { $date }.
case-remind-overdue = { $number } ({ $area }): it was due on { $date } and has no answer. The Municipal Administration has to see it.
case-remind-subject = { $number }: without an answer, due { $date }
case-by-quote = To answer, reply quoting this message.
case-notice-subject = { $number }: { $kind }
case-notice-no-words = (nothing written yet)
case-notice-reserved = (reserved: only whoever has a role in that area reads it)
case-answer-sent = Your answer to { $number } is on its way.
case-answer-not-theirs = I sent nothing: your role does not let you answer { $number }. The head of its area can.
staff-file-not-sent = The file was not sent, and I did not keep it. To send it, attach it to an answer in the panel.
case-answered-by = { $number } was answered on { $date } ({ $name }).
case-answered-before = { $number } was answered on { $date }.
case-answer-again = Shall I send this answer too?
case-answer-dropped = I sent nothing.
case-unknown = I found no open case with the number { $number }.
case-kind-persona = asks for a person
case-kind-reclamo = complaint
case-kind-sugerencia = suggestion
case-kind-felicitacion = praise
case-kind-solicitud = request
case-kind-llamada = request for a call
case-by-mail =
    To answer, open: { $address }
    Do not reply to this mail: it does not reach the person.
case-by-panel = To answer, look for { $number } in the panel. Do not reply to this mail: it does not reach the person.

## Dates
date = { $day } { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

## Buttons (at most 20 characters)
label-ask = I have a question
label-rate = Give a grade
label-complaint = File a complaint
label-person = Talk to a person
label-menu = Menu
label-cancel = Cancel
label-back = Back
label-skip = Skip
label-done = Done
label-receipt = Receipt (PDF)
label-pending = Not finished yet
label-resume = Resume
label-change = Change my grade
label-keep = Leave it
label-yes = Yes
label-no = No
label-none = None
label-areas = See areas
label-more = See more
label-erase = Yes, erase
label-erase-mine = Erase what is mine
label-not-erase = Do not erase
label-not-comment = It was a question
label-rate-now = Grade it
label-not-now = Not now
label-answer = Reply
label-file = Yes, file it
label-not-file = Do not file
label-case-area = Another area
label-case-for-nobody = I do not know
label-solved = Yes, it does
label-partly = Only partly
label-unsolved = No, open again
label-policy-begin = Answer questions
label-measure-take = Take it
label-measure-done = Mark as done
label-measure-new = Open a measure
label-measure-open = Open it
label-measure-plan = Improvement plan
label-measure-training = Training
label-measure-meeting = Meeting agreement
label-measure-gap = Self-assessment
label-data = My data
label-mine = Show my data
label-rights = My rights
label-rectify = Correct
label-object = Object
label-block = Block
label-take = Take a copy
label-consent = Keep me posted
label-access-yes = Yes, show it
label-port-yes = Yes, give it
label-object-yes = Yes, do not invite
label-block-yes = Yes, block
label-not-right = No
label-rectify-other = Something else
label-object-other = Object to another
label-unblock = Unblock
label-consent-yes = Yes, tell me

## Words that are understood at any time, comma-separated
heard-menu = menu, /menu, start, home, begin, main menu
heard-help = help, /help, options, what can you do
heard-cancel = cancel, /cancelar, stop, quit, exit, never mind
heard-back = back, go back, previous
heard-skip = skip, next, pass
heard-done = done, finished, that is all, nothing else, ready
heard-read-answer = see answer, see the answer, read answer, read the answer, view answer, see message, read message
heard-receipt = receipt, /receipt, my receipt
heard-pending = not finished yet, not ended yet, not finished, not yet, still open, in progress
heard-rate = grade, /calificar, rate, give a grade, rating
heard-ask = question, /consulta, ask, i have a question, it was a question
heard-areas = areas, /areas, see areas, list of areas
heard-resume = resume, continue, go on
heard-rewrite = the comment, my comment, change my comment, change comment
heard-change = the grade, my grade, change, change grade, change my grade, i made a mistake
heard-data = data, /datos, privacy, my data
heard-mine = show, /ver, show my data, access
heard-erase = erase, /borrar, delete, erase my data, delete my data
heard-rights = rights, /derechos, my rights
heard-rectify = correct, /corregir, correct my data, rectify, rectification
heard-object = object, /oponerme, i object, do not invite me
heard-block = block, /bloquear, block my data
heard-unblock = unblock, /desbloquear, unblock my data
heard-take = take, /llevarme, take my data, portability, download my data, a copy of my data
heard-consent = post, post me, tell me, /avisos, keep me posted
heard-enough = enough, /basta, do not tell me, no more notices
heard-person = person, /persona, human, talk to a person, agent, someone
heard-complaint = complaint, /reclamo, complain, file a complaint
heard-suggestion = suggestion, make a suggestion
heard-praise = praise, compliment
heard-request = request, make a request
heard-records = transparency, public information, freedom of information
heard-call = call, call me, please call me, can you call me, I want a call
heard-solved = yes it does
heard-partly = only partly
heard-unsolved = no open again, open again
heard-policy = /politica, quality policy
heard-measures = /medidas
heard-week = /semana
heard-answer = reply, answer
heard-questionnaire = survey, /cuestionario, questionnaire
heard-spanish = español, espanol, castellano, spanish
heard-english = english
heard-creole = creole, kreyòl
heard-hello = hello, hi, hey, good morning, good afternoon, good evening
heard-thanks = thanks, thank you, ok, okay, great, bye, goodbye
heard-yes = yes, yeah, yep, sure, of course
heard-no = no, nope, no thanks, nothing, i do not know

## What is understood from words
grades-in-turn = You gave several grades. I ask about each one.
propose-grade = Shall I note a { $grade } for { $area }?
propose-correction = Shall I change your grade for { $area } from { $was } to { $grade }?
propose-same-grade = Shall I leave your grade for { $area } at { $grade }?
propose-other-grade = Shall I change your grade for { $area }?
grades-same-area = One area is in charge of that, { $area }, and it gets one grade.
grade-not-noted = All right, I did not note the { $grade } for { $area }.
proposal-dropped = All right, I noted nothing.
grade-scale = 1 is the lowest grade, very bad, and 7 the highest, very good. Only your own view counts.
grade-whole = The grade is a whole number from 1 to 7. I have noted nothing yet.
area-corrected = I see: it was { $area }. What I had noted before is erased.
revise-words = Shall I put this in place of the last part of your comment for { $area }? The grade stays.
revise-words-as = Shall I change your comment on { $area } to “{ $words }”? The grade stays.
revise-part = Shall I change “{ $was }” to “{ $words }” in your comment on { $area }? The grade stays.
part-not-found = I do not find “{ $was }” in your comment.
rewrite-words = What should your comment on { $area } say? Write it anew: it replaces the one before. The grade stays.
what-to-change = What shall I change of what you left for { $area }?
no-comment = Your grade for { $area } has no comment, and stays as it is.
drop-words = Shall I erase the last part of your comment for { $area }? The grade stays.
words-replace = Done: I changed it in your comment for { $area }. You can go on, or write DONE.
words-drop = Done: I erased it from your comment for { $area }. The grade stays. You can go on, or write DONE.
words-keep = All right: your comment for { $area } stays as it is. You can go on, or write DONE.
rate-whole = Here an office is rated, not the municipality as a whole. To praise or complain in general, say so in your own words.
grade-waits = I have your grade { $grade }: I note it once I know which office it is for.
move-rating = Was it at { $area }? If so, I move your grade there.
undo-rating = Shall I erase your grade for { $area } with its comment?
rating-erased = Done. I erased your grade for { $area } and its comment.
refused = All right, I noted nothing more. I am here if you need anything.
which-area = Which one do you mean?
this-area = Do you mean { $area }?
withdraw-ask = Shall I withdraw your request { $number }? If not, it stays filed and will be answered.
withdrawn = Done. Your request { $number } is withdrawn.
withdraw-kept = All right. It stays filed and will be answered in this chat.
case-not-here = I do not find { $number } in this chat. For safety I only show what was filed from here. Otherwise write PERSON.
case-none-yet = Nothing has been filed from this chat. To file a complaint, write COMPLAINT.
case-others = You also have: { $numbers }. Write a number to see it.
case-stands-open = { $number } waits: no person has read it yet.
case-stands-read = { $number } was read by a person and waits for an answer.
case-stands-answered = { $number } has an answer. It came through this chat.
case-stands-with = Answered by: { $receiver }, since { $date }.
case-stands-was = Seen by: { $receiver }. If something is missing, write PERSON.
case-stands-due = Deadline: { $date }. The answer comes through this chat.
case-stands-late = The deadline passed on { $date }. The Municipal Administration has it.
case-stands-closed = { $number } is no longer open.
procedure-unseen = I am the automatic assistant: I see no files, so I do not know where your procedure is.
procedure-offer = Write the number or the date of your application and what it is about. With that I file your question under a number, and the office answers it.
what-about = About which procedure or area? Write it in your own words.
topic-cost = { $name }. Cost: { $value }.
topic-place = { $name }. Where: { $value }.
topic-hours = { $name }. Hours: { $value }.
topic-papers-none = { $name }: no papers are asked for.
topic-time = { $name }. It takes: { $value }.
topic-contact = { $name }. Contact: { $value }.
topic-whom = { $name }. { $value }.
topic-cost-unknown = { $name }: the area { $area } has not confirmed the cost yet.
topic-place-unknown = { $name }: the area { $area } has not confirmed the address yet.
topic-hours-unknown = { $name }: the area { $area } has not confirmed the hours yet.
topic-papers-unknown = { $name }: the area { $area } has not confirmed the papers yet.
topic-more-unknown = About { $name }: I have no confirmed answer to that. The { $area } office can tell you.
topic-other = If you were asking about { $name }, choose that option.
topic-how-unknown = { $name }: the area { $area } has not confirmed the steps yet.
topic-time-unknown = { $name }: the area { $area } has not confirmed how long it takes yet.
topic-contact-unknown = { $name }: the area { $area } has not confirmed its telephone yet.
topic-whom-unknown = { $name }: the card of { $area } does not say who may ask for it.
card-no-more = The card says no more than this.
card-bring = Bring
short-now = From now on I write briefly. Everything can be typed, without buttons. To go back, say LONG.
long-now = From now on I write in full.
language-offer = I can write to you in English: write ENGLISH.
courtesy-thanks = You are welcome. I am here if you need anything else.
courtesy-helped = You did right to ask for help. If anything changes, call again.
courtesy-over = What a relief. If anything changes, call again.
courtesy-farewell = Goodbye. I am here if you need anything else.
courtesy-who_are_you = I am an automatic assistant, not a person. I answer questions about the municipality, take grades and complaints. For a person, write PERSON.
courtesy-origin = I am the municipality's automatic assistant: no person, and neither the police nor another institution. I know this chat only because somebody wrote here from it, or opened a link or code of ours. I never ask for passwords or payments. To see what we keep write DATA; to erase it, ERASE; for no more invitations, OBJECT.
courtesy-smalltalk = Here I am. Write your question, or MENU to see what I can do.
grade-why = Your grade helps the area to improve. Nobody there sees your name: they get totals and comments without it. It is voluntary, and how you are served does not depend on it. More: DATA.
grade-answered = Nobody answers a grade: the area gets it on Monday, added to the others. If you need an answer, or something mended, write COMPLAINT and we give you a number.
not-understood = I did not understand, and noted nothing. Please write it another way.
not-found-again = I still do not understand, so let us try another way. Nothing was lost.
useful-later = Thank you. When you know, tell me whether it helped.
useful-partly = Thank you for saying so. What was missing? Write it, or ask for a PERSON.
alert-title = Emergency
danger-ask = Are you or somebody else in danger now?
danger-cannot-call = If you cannot speak on the telephone, ask somebody near to call for you, or go where other people are.
danger-none = I am glad that there is no danger now. How can I help?
danger-still = Call { $phone } now and stay on the line. If you can, find somebody you trust to be with you. Keep writing here if you need to; once you have called, write "I already called".
alert-will-call = Good. Call { $phone } now and stay on the line. If anything changes, keep writing here.
alert-accompanied = I am glad that you are not on your own. Tell that person how you feel, and stay together. You can call { $phone } now, at all hours.
alert-away = While nobody can hurt you, find somebody you trust or a safe place. If there is danger again, call the police: 133. For advice, 1455 answers day and night. Below you can see who helps, or write PERSON.
alert-undecided = You decide whether to report it, and when; nobody here makes you. If you feel in danger, call the police: 133. For advice, 1455 answers day and night. Below you can see who helps, or write PERSON.
alert-place = Tell that place to whoever answers: { $phones }. I cannot call for you.
alert-hazard-place = Do not go near it, and keep others away. If somebody is at risk, call the fire brigade: 132, or the police: 133. I can file the complaint with the municipality now, with what you told and that place.
emergency-hazard = Keep away and touch nothing. If somebody is at risk, call the fire brigade: 132, or the police: 133. To tell the municipality, write COMPLAINT. I am an automatic assistant.
emergency-lost = If somebody is lost, call the police now: 133. There is no need to wait 24 hours. I am an automatic assistant: I cannot call for you.
emergency-others = Other numbers for what you tell: { $phones }.
label-accept = Yes
label-reject = No
label-as-comment = No, it's a comment
label-replace-words = Yes, change it
label-join-words = No, add it
label-drop-words = Yes, erase it
label-keep-words = No, leave it
label-erase-words = Erase it
label-leave-words = Leave it as it is
label-rewrite = My comment
label-elsewhere = Another office
label-erase-rating = Erase my grade
label-undo = Yes, erase it
label-move = Yes, move it
label-stay = No, leave it
label-keep-rating = Keep it
label-withdraw = Yes, withdraw it
label-keep-case = Leave it filed
label-other-area = Another area
label-danger = Yes
label-no-danger = No
label-steps = See steps
label-short = Shorter
label-long = In full
label-english = English
label-creole = Kreyòl
label-spanish = Español
heard-short = short, shorter
heard-long = long, in full

offer-person = Would you like a person to answer? The rest stays pending.

## A person in the chat
person-asked = I have told the staff: a person will answer you here. If nobody can within { $minutes } minutes, I will give you a case number. In an emergency call 133, 132 or 131.
person-tell = Now tell us what you need: that person will read it. To come back to me, write MENU.
person-tell-more = That person has what you wrote, and you can add more. To come back to me, write MENU.
person-later = Nobody is online now. A person will answer in this chat from { $date }, at { $time }.
person-later-ask = Shall I open a case for you, with a number and a deadline? There you can say what you need.
person-taken = You are talking to a person of the municipality now. I will stay quiet. To come back to me, write MENU.
person-returned = The person who was helping you had to leave. I told the others: please stay here.
person-says = Person of the municipality: { $words }
person-unanswered = Nobody could answer you now, and we are sorry. What you wrote is case { $number }. A person will answer in this chat, by { $date } at the latest.
person-ended = The person has ended the conversation. This is the automatic assistant again.
person-idle = As there were no more messages, This is the automatic assistant again. If you still need a person, write PERSON.
person-left = I am back, the automatic assistant. The person does not read this chat any more.
person-still-waiting = You are still in the queue: a person will answer you here. To come back to me, write MENU.
person-still-here = You are with a person already: write to them here. To come back to me, write MENU.
person-own-data = Your data and notices are for me, the assistant, and not for that person. Write MENU and then the same again.
person-no-media = The person will know that you sent it, but cannot see or hear it here. Please say it in words.
person-sent = (sent { $what })
person-media-voice = a voice message
person-media-photo = a photo
person-media-video = a video
person-media-document = a document
person-media-sticker = a sticker
person-media-location = a location
person-media-contact = a contact
person-media-file = a file
person-media-other = something that cannot be read
person-file-taken = I got your file: the person who is helping you will see it. If I cannot keep it, I will tell you here.
person-voice-taken = I got your voice message: the person who is helping you will listen to it. It is deleted after { $days } days.
person-files-full = There are { $count } in this conversation already, so I did not keep this one. You can describe it in words.
person-file-shown = It is in the panel, under Conversaciones.
person-waits =
    A person waits in the chat ({ $area }):
    «{ $words }»
person-waits-how = To answer, press Attend or reply quoting this message. When done, quote it and write CANCEL.
person-waits-subject = A person waits in the chat: { $area }
person-by-mail = To answer them, open: { $address }
person-by-panel = To answer, enter the panel, under Conversaciones.
person-wrote =
    The person writes:
    «{ $words }»
person-yours =
    You answer now. The person wrote:
    «{ $words }»
    Reply quoting this message. When done, quote it and write CANCEL.
person-sent-on = Your message is on its way.
person-given-back = You ended the conversation: the assistant goes on.
person-theirs = { $name } answers since { $time }.
person-over = That conversation is over, or not of your areas.
label-leave-case = Leave a message
label-attend = Attend
label-call = Call me
label-answer-again = Send another
label-not-answer-again = Do not send

## A notice above every reply
pinned-title = Notice
ratings-stopped = For now we take no grades or surveys. If you need something, file a complaint or ask for a person.
