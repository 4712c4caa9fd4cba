# What the assistant says in Haitian Creole. The municipality's own names stay in Spanish.
# Not reviewed by a native speaker yet.
# Every message must use the variables that it uses now: `opina check` tells when one is missing.

## The assistant
welcome =
    Bonjou. Mwen se asistan otomatik { $municipality }.
    Mwen ka di w kijan yon biwo oswa yon demach mache, pran nòt ou epi ede w pote plent.
    Ekri kesyon ou ak pwòp mo pa ou, oswa chwazi. Si ou pito yon moun, ekri MOUN.
introduction = Mwen se asistan otomatik { $municipality }. Mwen reponn kesyon, mwen pran nòt ou pou yon vizit epi mwen resevwa plent. Si ou pito yon moun, ekri MOUN.
hello-again = Bonjou ankò.
menu =
    Kijan mwen ka ede w?
    Ou ka ekri tou BIWO, DONE oswa MOUN.
help =
    Ekri kesyon ou ak pwòp mo pa ou, tankou «permiso de circulación» (an panyòl li jwenn plis). Mwen konprann tou:
    NOTE, pou bay yon vizit nòt.
    BIWO, pou wè biwo minisipal yo.
    PLENT oswa MOUN, pou yon moun reponn ou.
    RETOUNEN, SOTE, ANILE ak MENI.
    CHANJE, pou korije yon nòt.
    SONDAJ, pou yon kesyonè ki pi long.
    DONE ak DWA, sou done ou yo.
    ESPAÑOL, para castellano.
goodbye = Pa gen pwoblèm. Mwen la si ou bezwen lòt bagay.
language-now = Depi kounye a m ap ekri an kreyòl. Fich minisipalite a yo an panyòl.
language-hint = Español: escriba ESPAÑOL.
ask-away = Ekri kesyon ou ak pwòp mo pa ou. Pa egzanp: «renovar licencia». Si ou pito yon lis, ekri BIWO.
failed = Padon, yon bagay pa mache bò kote pa nou epi mwen pa t kapab reponn. Sa ou te reponn yo konsève. Ekri ankò, oswa MENI pou kòmanse.
command-unknown = Mwen pa konnen kòmand sa a. Pou wè sa mwen konprann, ekri ED.

## Open questions
pending-rating = Nòt ou pou { $area } poko fini. Pou kontinye, ekri KONTINYE.
pending-resumed = Ann kontinye ak nòt ou pou { $area }.
pending-questionnaire = «{ $title }» poko fini. Pou kontinye, ekri KONTINYE.
nothing-pending = Pa gen anyen ki rete annatant.
questionnaire-gone = Yon kesyon ki te ouvè pa egziste ankò, kidonk mwen fèmen l.
cancelled = Dakò, li anile.
cancelled-grade = Dakò, li anile. Nou pa kenbe okenn nòt pou { $area }.
cancelled-change = Dakò. Nòt ou pou { $area } se { $grade }.
nothing-to-go-back = Pa gen kesyon anvan.
cannot-skip = Ou pa ka sote kesyon sa a. Ou ka ekri ANILE epi nou p ap kenbe anyen.
not-optional-done = Repons sa a manke. Si ou pa vle kontinye, ekri ANILE.
button-stale = Bouton sa a te pou yon mesaj anvan, kidonk mwen pa chanje anyen.
number-stale = Mwen pa konnen ki kesyon { $number } sa a reponn, kidonk mwen pa chanje anyen.
number-stale-rated = Nòt ou pou { $area } toujou { $grade }.
number-beyond = { $number } pa nan lis la, kidonk mwen pa chanje anyen.
what-do-you-need = Kisa ou bezwen?
nothing-asked = Pa gen kesyon wi oswa non kounye a.
desk-unknown = Mwen pa rekonèt kòd sa a.
upset = Mwen regrèt pwoblèm nan. Mwen ka anrejistre yon plent ak yon nimewo, pran nòt ou, oswa fè yon moun reponn ou.

## Rating
choose-area-to-rate = Ki biwo ki te resevwa w? Chwazi youn nan lis la oswa ekri non li.
area-not-recognised = Mwen pa rekonèt biwo sa a. Ekri ki sa ou te al fè oswa ki kote yo te resevwa ou, oswa chwazi youn nan lis la.
experience-thanks = Mèsi paske ou di sa. Mwen kenbe l kòm kòmantè ou.
grade-area-guessed = Mèsi paske ou di sa. Èske se te nan { $area }? Si se sa, ba li yon nòt: 1 trè mal epi 7 trè byen. Si se te yon lòt kote, di m ki kote.
words-before-grade = Mèsi paske ou di sa. Mwen kenbe l kòm kòmantè ou. Kounye a bay nòt ou, soti 1 rive 7.
notice = Nòt la sèvi pou amelyore sèvis la. Pa bay non, RUT ni enfòmasyon sante. Plis: DONE.
pending-noted = Mwen konprann: demach ou poko fini. Nòt ou ap konte apa.
grade-misread = Mwen pa konprann nòt la. Reponn ak yon nimewo soti 1 rive 7. Anyen pa pèdi.
grade-misread-again = Mwen toujou pa ka li nòt ou. Pa egzanp, ekri 6, oswa mo SIS. Si ou pa vle bay nòt, ekri ANILE.
grade-check-low = Yon ti moman. { $grade } se yon move nòt, epi ou rakonte yon bon bagay. Mwen poko note anyen. Ekri nòt la an lèt: EN, SÈT oswa yon lòt.
grade-check-high = Yon ti moman. { $grade } se yon bon nòt, epi ou rakonte yon move bagay. Mwen poko note anyen. Ekri nòt la an lèt: EN, SÈT oswa yon lòt.
grade-noted = Mwen note yon { $grade } pou { $area }.
grade-noted-pending = Mwen note yon { $grade } pou { $area }, kòm yon demach ki poko fini. Nòt la apa de tout plent.
reason-misread = Chwazi yon nimewo nan lis la, oswa di l ak pwòp mo pa ou.
change-was-pending = Dènye fwa a demach ou te poko fini. Si li toujou poko fini, di l ankò.
change-ended = Kounye a li konte kòm yon demach ki fini.
change-keeps-comment = Kòmantè ou rete. Si ou ekri yon lòt kounye a, li pran plas li.
change-keeps-reason = Rezon ou te chwazi a rete: { $reason }. Si ou chwazi yon lòt, li pran plas li.
change-drops-reason = Rezon ou te chwazi a ({ $reason }) pa ale ak nòt sa a, nou retire l.
thanks = Mèsi. Nou note nòt ou { $grade } pou { $area }. Lendi biwo a resevwa rezime semèn nan, san li pa konnen ki moun ou ye. Ou bezwen yon repons? Ekri PLENT epi n ap ba w yon nimewo pou suiv.
thanks-pending = Mèsi. Nou note nòt ou { $grade } pou { $area }, kòm yon demach ki poko fini. Lendi biwo a resevwa rezime semèn nan, san li pa konnen ki moun ou ye. Ou bezwen yon repons? Ekri PLENT epi n ap ba w yon nimewo pou suiv.
thanks-add = Si ou vle ajoute yon bagay, ekri l kounye a. Pou fini, ekri FINI.
thanks-question = Si dènye bagay la te yon kesyon, ekri KESYON.
words-joined = Mwen ajoute l nan kòmantè ou pou { $area }. Biwo a li l san non ou. Ou ka kontinye, oswa ekri FINI. Si se te yon kesyon, ekri KESYON.
words-joined-again = Mwen ajoute sa tou. Ou ka kontinye, oswa ekri FINI.
words-full = Kòmantè ou rive nan limit la, kidonk dènye pati sa a pa ajoute. Rès la rete. Ekri FINI pou fini.
words-done = Dakò. Kòmantè ou rete.
already-rated = Ou te deja bay { $area } yon { $grade } le { $date }. Chak moun bay yon biwo nòt yon fwa nan 30 jou. Èske ou vle chanje nòt sa a?
kept = Dakò. Nòt ou pou { $area } toujou { $grade }.
nothing-to-change = Mwen pa gen nòt ou nan 30 dènye jou yo. Pou bay youn, ekri NOTE.
rate-offer = Mwen kontan. Èske yo te resevwa w nan { $area }? Si ou vle, ba li yon nòt.
rate-declined = Dakò. Mwen la si ou bezwen lòt bagay.

## Other questions
yes-no-misread = Mwen pa konprann. Reponn WI oswa NON.
choice-misread = Mwen pa konprann. Reponn ak nimewo yon opsyon.
choices-misread = Mwen pa konprann. Reponn ak nimewo opsyon ou yo, pa egzanp: 1 ak 3.
choices-so-far = Jiska kounye a: { $chosen }. Chwazi yon lòt, oswa ekri FINI.
choices-too-few = Chwazi omwen { $minimum }.
choices-too-many = Chwazi pa plis pase { $maximum }.
number-misread = Mwen pa konprann. Reponn ak yon nimewo, pa egzanp: 3.
number-out-of-range = Nimewo sa a pa posib. Li dwe ant { $minimum } ak { $maximum }.
date-misread = Mwen pa konprann dat la. Ekri l konsa: 16-11-2026. JODI A oswa YÈ mache tou.
date-out-of-range = Dat sa a pa posib. Tanpri verifye l.
text-too-long = Li yon ti jan long. Ekri pa plis pase { $maximum } lèt.
text-too-short = Li twò kout. Ekri omwen { $minimum } lèt.
optional-hint = Ou ka sote l ak SOTE.
questionnaire-list = Men kesyonè yo. Chwazi youn.
questionnaire-none = Pa gen kesyonè pou kounye a.
questionnaire-done = Mèsi. Ou fini «{ $title }». Repons ou yo note, san non ou.
round-begins = Ou ka reponn jiska { $date }. Yo konte l pa sèvis, san non ou. Pou kite san anyen pa rete, ekri ANILE.
round-done = Mèsi. Ou fini «{ $title }». Repons ou yo konte ansanm ak pa sèvis ou a, san non ou.
round-over = «{ $title }» fèmen deja, oswa ou te reponn li deja. Mwen pa konte repons sa yo.
round-closed = Kesyonè sa a fèmen deja, oswa ou te reponn li deja.

## Looking up
useful = Èske sa ede w?
useful-yes = Mwen kontan.
useful-no = Mèsi paske ou di sa: sa ede nou amelyore fich la. Eseye lòt mo, oswa ekri BIWO oswa MOUN.
suggest = Mwen pa jwenn yon repons sèten pou «{ $query }».
suggest-which = Petèt ou ap chèche:
suggest-none = Mwen konprann. Eseye lòt mo, oswa ekri BIWO oswa MOUN.
card-gone = Enfòmasyon sa a pa pibliye ankò.
not-found = Mwen pa jwenn repons pou «{ $query }». Eseye lòt mo, oswa ekri BIWO oswa MOUN. Nou kenbe kesyon ou, san done ou, pou nou amelyore.
not-municipal = Sa pa depann de Minisipalite a. Li depann de: { $institution }.
not-municipal-at-all = Sa pa depann de Minisipalite a.
not-municipal-more = Si ou t ap chèche lòt bagay, ekri l ak lòt mo, oswa ekri BIWO oswa MOUN.
institution-link = Sit
institution-phone = Telefòn
areas = Men biwo minisipal yo. Chwazi youn, oswa ekri kesyon ou.
area-services = Chwazi yon demach nan lis la, oswa ekri kesyon ou.
area-no-services = Ekri kesyon ou, oswa retounen nan MENI.
waiting = Tann konsa fatigan. Mwen se asistan otomatik la: mwen pa ka wè dosye ou ni prese l. Mwen ka anrejistre yon plent ak yon nimewo, oswa montre sa yo mande.
waiting-choice = Kisa ou pito?
card-online = Sou entènèt, san deplase
card-online-unconfirmed = Sa fèt sou entènèt, san deplase (lyen poko konfime).
card-needs = Ou bezwen
card-steps = Etap
card-place = Ki kote
card-hours = Lè
card-cost = Pri
card-duration = Sa pran
card-link = Plis
card-area = Responsab: { $area }.
card-confirmed = { $area } verifye l le { $date }.
card-unconfirmed = Biwo a poko konfime ni kote ni lè.
card-contact = Anvan ou ale, mande
card-contact-person = Pou pale ak yon moun, ekri MOUN.

## People and complaints
case-person = Nimewo ou se { $number }. Yon moun ap reponn nan chat sa a, pa pita pase { $date }. Si gen ijans rele 133, 132 oswa 131.
case-person-hours = Nimewo ou se { $number }. Yon moun ap reponn nan chat sa a, pa pita pase { $date }. Lè: { $hours }. Si gen ijans rele 133, 132 oswa 131.
case-person-tell = Di kounye a kisa ou bezwen: moun sa a ap li l. Pou fini, ekri FINI.
case-person-again = Demann ou { $number } toujou ouvè. Ekri kounye a sa ou vle ajoute. Pou fini, ekri FINI.
case-ask = Rakonte nan yon sèl mesaj kisa ki pase, ki kote ak ki lè. Avèk sa m ap ba w yon nimewo plent. Pou kite sa, ekri ANILE.
case-told-before = Ou pa bezwen repete. Mwen note: «{ $words }».
case-opened = { $kind } ou a gen nimewo { $number }. K ap reponn: { $receiver }. Dat limit: { $date } ({ $days } jou travay). M ap di w isit la lè yon moun li l oswa voye l pi lwen. Li pa ranplase resous legal yo ni kanpe delè yo.
case-mail-offer = Ou vle l pa imèl tou? Ekri imèl ou sèlman. Si ou pa vle, w ap wè l lè ou tounen nan paj sa a.
case-mail-taken = Mwen note l: m ap ekri { $mail } tou ak repons pou { $number }, ak si yon bagay chanje. N ap efase l ansanm ak dosye a.
case-mail-wrong = Imèl sa a pa sanble konplè. Ekri l nèt, ak siy @ la ak sa ki vini apre a, oswa ekri FINI.
case-mail-subject = Repons pou { $number }
case-mail-news = Nouvèl sou { $number }
case-mail-end = Adrès sa a pa resevwa repons. Pou ou reponn, ekri REPONN kote ou te ouvri dosye a.
case-if-late = Si dat limit la pase, Administrasyon Minisipal la wè l epi m ap di w isit la. Ou ka ale nan Contraloría tou.
case-tell-more = Si ou vle ajoute yon bagay, ekri l kounye a. Pou fini, ekri FINI.
case-ask-sugerencia = Di sijesyon ou nan yon sèl mesaj. Pou kite sa, ekri ANILE.
case-ask-felicitacion = Di nan yon sèl mesaj kiyès ou felisite epi poukisa. Pou kite sa, ekri ANILE.
case-ask-solicitud = Di nan yon sèl mesaj kisa ou mande. Pou kite sa, ekri ANILE.
case-ask-llamada = Sou ki nimewo pou nou rele w, a ki lè, e poukisa? Di l nan yon sèl mesaj. Pou kite sa, ekri ANILE.
case-how = Li depoze isit la menm, gratis, san ou pa bezwen ale nan meri a. Repons lan ap rive nan chat sa a, nan { $days } jou travay apre li depoze.
case-readers = Moun ki dwe reponn nan li li: { $receiver }. Si se yon lòt sèvis, yo pase l ba li. Pou wè sa nou kenbe, ekri DONE.
case-unnamed = Nou pa mande non ou ni RUT ou: ou ka pa mete yo. Moun ki reponn nan li sa ou ekri. Nou kenbe chat ou, chifre, pou repons lan rive jwenn ou isit la. Plis detay: DONE.
case-files = Ou ka voye jiska { $most } foto oswa PDF isit la: yo ale ak demann ou an. Mwen pa ka resevwa videyo.
case-outcome = Mwen pa ka konnen sa: { $receiver } ap gade sa, epi l ap di w nan repons lan nan chat sa a. Mwen pa ajoute kesyon ou an nan sa w ap rakonte. Si ou vle yo li l, ekri l san siy kesyon.
case-hours-unknown = Orè { $receiver } poko konfime. Ou ka ekri isit la nenpòt lè.
case-noted = Mèsi, mwen note l.
case-missing = Mwen toujou bezwen: { $missing }. Di l nan yon sèl mesaj, oswa ekri SOTE.
case-missing-where = ki kote sa te ye
case-missing-when = ki lè sa te ye
case-missing-wish = kisa ou mande
case-missing-reference = nimewo oswa dat demann ou
case-missing-phone = sou ki nimewo pou nou rele w ak a ki lè
case-missing-and = { " ak " }
case-summary = Verifye anvan nou voye l: “{ $words }”. Li pral jwenn: { $receiver }. Si yon bagay manke, ekri l.
case-summary-ask = Èske m anrejistre l?
case-area-ask = Pou ki biwo li ye? Ekri non li. Si ou pa konnen, biwo resepsyon an ap voye l.
case-full = Pa gen plas pou dènye pati sa a, kidonk mwen pa note l. Ou ka ajoute l lè ou gen nimewo ou.
case-dropped = Dakò, mwen pa anrejistre anyen.
case-urgent = Mwen anrejistre l ak nimewo { $number }, san plis kesyon. Mwen avèti moun ki sèvis kounye a. Sa pa ranplase apèl la.
case-alerted = Mwen avèti moun ki sèvis kounye a. Si yon moun an danje, rele 133, 132 oswa 131.
records-way = Enfòmasyon piblik (Ley 20.285) pa mande nan chat sa a. Mande l nan Portal de Transparencia oswa alekri nan Minisipalite a. Sa pran { $days } jou travay, ak { $more } anplis o maksimòm.
case-extended = Mwen ajoute l nan { $number }. Ou ka kontinye ekri, oswa mete FINI.
case-done = Dakò. { $number } anrejistre. Repons la ap vini nan chat sa a.
case-answer = { $number }. Repons yon moun nan { $receiver }: “{ $words }”
case-answer-judge = Èske li reponn sa ou te mande? Pou ekri ankò, ekri REPONN.
nothing-waits = Ou pa gen mesaj pou li.
case-answer-back = Pou ekri ankò, ekri REPONN.
case-news-read = { $number }: yon moun nan { $receiver } li l.
case-news-forwarded = { $number } voye yon lòt kote. K ap reponn kounye a: { $receiver }.
case-news-due = Dat limit la rete: { $date }.
case-news-extended = { $number }: yo pwolonje dat limit la. Repons la ap vini pa pita pase { $date }.
case-news-overdue = { $number }: dat limit la pase san repons, epi nou regrèt sa. Administración Municipal genyen l kounye a. Ou ka pote plent tou nan Contraloría.
case-news-closed = { $number }: { $receiver } fèmen dosye ou.
case-news-why = Rezon: “{ $words }”.
judged-yes = Mèsi. { $number } rete kòm reponn.
judged-partly = Mèsi paske ou di sa. Ekri sa ki manke, epi { $number } ap louvri ankò.
judged-no = Mwen louvri { $number } ankò, ak menm nimewo a. Dat limit: { $date }. Ekri kounye a sa ki manke. Pou fini, ekri FINI.
reopen-too-late = Li twò ta pou louvri { $number } ankò. Pou anrejistre yon nouvo, ekri PLENT.
case-receiver-general = biwo enfòmasyon ak plent
case-open-again = Ekri kounye a sa ou vle ajoute nan { $number }. Menm biwo a ap li l. Pou fini, ekri FINI.
case-none = Mwen pa jwenn demann ou ki toujou ouvè. Pou kòmanse youn, ekri MOUN oswa PLENT.

## Your data
data =
    Sa nou fè ak sa ou ekri:
    Poukisa: pou amelyore sèvis minisipal yo, dapre fonksyon lalwa ban nou. Bay nòt pa obligatwa.
    Kiyès ki wè l: biwo a resevwa total ak kòmantè san non ou. Moun ki dwe reponn plent ou a li l.
    Konbyen tan: kòmantè, { $keep }. Nòt yo rete san yo pa di ki moun ou ye.
    Chat la pase tou nan konpayi ou itilize a, tankou Telegram oswa WhatsApp (Meta). Chat sou sit la se pou nou sèlman.
    Dwa ou yo: MONTRE, KORIJE, EFASE, OPOZE, BLOKE ak PRAN. Pou nou esplike yo, ekri DWA.
data-contact = Kontak minisipalite a: { $contact }
my-data-since = Men sa nou kenbe nan chat sa a depi { $since }.
my-data-responses = Nòt: { $responses }
my-data-comments = Kòmantè: { $comments }
my-data-cases = Demann: { $cases }
my-data-requests = Demann sou done ou: { $requests }
my-data-request = { $number }, { $right } ({ $status })
my-data-told = Ou te dakò pou nou di w sa ki fèt. Pou kanpe sa, ekri ASE.
my-data-blocked = Kòmantè ou yo bloke: nou pa itilize yo. Pou nou itilize yo, ekri DEBLOKE.
my-data-number = Nimewo { $number }, { $date }. Pou pran tout avèk ou, ekri PRAN. Pou efase l, ekri EFASE.
my-data-file = Fichye a gen tout, san koupe.
my-data-none = anyen
my-data-response = { $area }, nòt { $grade } ({ $date })
my-data-response-open = { $area }, san nòt ({ $date })
my-data-comment = { $area }: «{ $words }»
my-data-case = { $number } ({ $status })
my-data-more = ak { $count } lòt
erase-goes = Mwen pral efase kòmantè ou yo, tèks demann ou ki fèmen yo ak sa ki mare chat sa a ak ou.
erase-stays = Nòt ki deja adisyone rete san yo pa di ki moun ou ye. Nimewo demann sa a rete tou, pou pwouve nou fè l.
erase-stays-cases = Demann ou ki ouvè rete jiskaske yo reponn, jan lalwa mande: { $numbers }.
erase-confirm = Sa pa ka defèt. Èske m efase done ou yo?
erase-own-phone = Sa pa efase anyen sou telefòn ou. La, peze chat sa a nan lis la san lage epi chwazi efase. Si ou kapab, ekri sou yon lòt telefòn.
erased = Dakò, nimewo { $number }, { $date }: nou efase kòmantè ou yo ak idantifyan ou nan chat sa a. Nòt ki deja adisyone pa di ki moun ou ye.
erase-kept-cases = Nou kenbe sa yo ouvè, paske lalwa mande nou reponn yo: { $numbers }. Kòm nou efase chat ou a, mande repons la ak nimewo sa a nan Minisipalite a.
right-agency = Si ou pa dakò, ou ka pote plent nan Agencia de Protección de Datos Personales. Ou gen { $days } jou travay.
erase-stopped = Dakò, mwen pa efase anyen.
right-stopped = Dakò, mwen pa fè anyen.
rights = Kisa ou vle fè ak done ou yo? Chwazi yon nimewo oswa ekri mo a.
keep-months = { $count } mwa
keep-days = { $count } jou
rights-terms = Li gratis. Sa yon moun deside reponn nan { $days } jou, epi yon blokaj nan { $block } jou travay.
rights-mine = MONTRE sa nou kenbe
rights-rectify = KORIJE yon bagay
rights-erase = EFASE sa ki pou mwen
rights-object = OPOZE ak yon itilizasyon
rights-block = BLOKE pou yon tan
rights-take = PRAN yon kopi
rights-consent = AVÈTI m sou sa ki fèt ak opinyon m
own-device = Si lòt moun itilize telefòn oswa òdinatè sa a, yo ka wè l tou.
access-confirm = Èske m montre isit la tout sa nou kenbe nan chat sa a?
port-confirm = Èske m ba w isit la yon kopi tout sa nou kenbe nan chat sa a?
object-confirm = Nou p ap envite w bay nòt ni reponn sondaj ankò. Èske m fè l?
block-confirm = Nou p ap itilize kòmantè ou yo nan rezime ni telechajman pandan yon moun ap deside. Èske m fè l?
rectify-what = Kisa ou vle korije?
rectify-ask = Ekri nan yon sèl mesaj kisa ki pa bon ak kijan li ta dwe ye. Yon moun ap deside. Pou kite sa, ekri ANILE.
object-ask = Ekri nan yon sèl mesaj ki itilizasyon done ou ou pa dakò epi poukisa. Yon moun ap deside. Pou kite sa, ekri ANILE.
taken = Dakò, nimewo { $number }, { $date }. Fichye a gen tout sa nou kenbe nan chat sa a, an JSON.
taken-hint = Pou li l an mo, ekri MONTRE.
objected = Dakò, nimewo { $number }, { $date }: nou p ap envite w bay nòt ni reponn sondaj ankò. Ou ka ekri nenpòt lè.
right-filed = Nou resevwa demann ou: nimewo { $number }, { $date }. Yon moun ap reponn li nan chat sa a pa pita pase { $until }.
right-may-take-longer = Si sa nesesè, delè a pwolonje yon fwa pou { $days } jou, epi n ap di w sa.
blocked = Depi kounye a nou pa itilize kòmantè ou yo. Pou nou itilize yo ankò, ekri DEBLOKE.
block-already = Kòmantè ou yo deja bloke: nou pa itilize yo.
block-none = Kòmantè ou yo pa bloke.
unblocked = Dakò. Kòmantè ou yo pa bloke ankò.
right-granted = { $number }. Repons yon moun: yo aksepte demann ou. «{ $words }»
right-refused = { $number }. Repons yon moun: yo pa aksepte demann ou. «{ $words }»
right-extended = { $number }. Repons la pran plis tan: pa pita pase { $date }. «{ $words }»
right-name-access = montre
right-name-rectify = korije
right-name-erase = efase
right-name-object = opoze
right-name-block = bloke
right-name-port = pran yon kopi
right-status-open = ap tann
right-status-granted = fèt
right-status-refused = refize
right-status-lifted = fini
consent-ask = Èske ou vle nou di w isit la sa ki fèt ak opinyon ou? Li pa obligatwa epi ou ka di ASE nenpòt lè.
consent-given = Note, { $date }: n ap di w nan chat sa a. Pou kanpe sa, ekri ASE.
consent-news = { $municipality }, sou { $area }: «{ $words }». Pou pa resevwa sa ankò, ekri ASE.
breach-news = { $municipality } ap fè ou konnen gen yon pwoblèm ak sekirite done ou yo: «{ $words }». Pou wè done ou yo, ekri MONTRE.
measure-news =
    Ou te bay opinyon ou sou { $area } epi ou te dakò pou nou di w sa ki fèt. Men sa ki fèt:
    «{ $words }»
    Mèsi pou opinyon ou. Pou w pa resevwa lòt mesaj konsa, ekri ASE.
measure-news-change =
    Ou te bay opinyon ou sou { $area } epi ou te dakò pou nou di w sa ki fèt. Men sa ki fèt:
    «{ $words }»
    Apre sa, nòt 6 ak 7 yo pase de { $before } % a { $after } %.
    Mèsi pou opinyon ou. Pou w pa resevwa lòt mesaj konsa, ekri ASE.
consent-withdrawn = Dakò, { $date }: nou p ap di w. Pa gen anyen ankò pou fè.
case-status-open = ouvè
case-status-answered = reponn
case-status-closed = fèmen

## Other messages
media-voice = Mwen resevwa odyo ou a, men mwen pa ka koute l. Ekri l an mo, oswa ekri MOUN.
media-photo = Mwen resevwa foto ou a, men mwen pa ka wè l.
media-video = Mwen resevwa videyo ou a, men mwen pa ka wè l.
media-document = Mwen resevwa dokiman ou a, men mwen pa ka li l.
media-sticker = Mèsi. Mwen li mo sèlman.
media-location = Mwen resevwa kote ou ye a, men mwen pa ka wè kat la. Ekri lari a oswa katye a an mo.
media-contact = Mwen resevwa yon kontak epi mwen pa kenbe l.
media-other = Mwen resevwa yon bagay mwen pa ka louvri.
media-caption = Mwen pa ka wè fichye a, men mwen li tèks ou a.
tell-in-words = Di m an mo kisa ou bezwen.
edited = Mwen wè ou chanje yon mesaj. Sa ki te vini anvan rete jan li te ye. Pou korije yon nòt, ekri CHANJE. Pou lòt bagay, ekri l ankò.
no-words = Mwen li mo ak nimewo sèlman.

## Emergencies
emergency-fire = Si gen dife oswa lafimen, soti epi rele ponpye kounye a: 132. Mwen se yon asistan otomatik: mwen pa ka rele pou ou.
emergency-gas = Si ou pran sant gaz, pa limen limyè ni dife. Louvri, soti epi rele ponpye: 132. Mwen se yon asistan otomatik: mwen pa ka rele pou ou.
emergency-medical = Rele anbilans kounye a: 131. Mwen se yon asistan otomatik: mwen pa ka rele pou ou.
emergency-violence = Si gen danje kounye a, rele lapolis: 133. Pou konsèy sou vyolans kont fanm, 1455 reponn tout lè. Mwen se yon asistan otomatik: mwen pa ka rele pou ou.
emergency-child = Si yon timoun an danje, rele lapolis kounye a: 133. Gen Fono Niños tou: 147. Mwen se yon asistan otomatik: mwen pa ka rele pou ou.
emergency-suicide = Mwen regrèt w ap viv sa. Rele *4141 kounye a, gratis sou yon telefòn selilè, tout lè. Si gen danje touswit, rele 131. Mwen se yon asistan otomatik; gen yon moun ki ka koute w la.
emergency-crime = Si yon krim ap fèt, rele lapolis kounye a: 133. Mwen se yon asistan otomatik: mwen pa ka rele pou ou.
emergency-disaster = Ale lwen danje a epi suiv enstriksyon ofisyèl yo. Ponpye: 132. Anbilans: 131. Lapolis: 133. Bò lanmè, apre yon gwo tranblemanntè, monte yon kote ki wo. Mwen se yon asistan otomatik.

## Municipal staff
staff-linked = { $name }: chat sa a kounye a mare ak kont ou. Isit la ou pral resevwa dosye biwo ou ak rezime chak semèn. Pou reponn yon dosye, reponn pandan w ap site avi li.
staff-code-refused = Kòd sa a pa mache oswa li fini. Mande moun ki jere asistan an yon nouvo.
staff-help = { $name }: pou reponn yon dosye, reponn pandan w ap site avi li. Pou reponn yon kesyonè pou pèsonèl la, /cuestionario.
case-notice =
    { $number }: { $kind }, { $area }.
    «{ $words }»
case-notice-added =
    { $number }: moun nan ajoute:
    «{ $words }»
case-notice-urgent = Ijan: yon moun ka an danje.
case-notice-due = Dat limit: { $date }.
case-remind-unread = { $number } ({ $area }): pèsonn pa li l ni voye l alè. Dat limit la se { $date }.
case-remind-first = { $number } ({ $area }): toujou san repons. Dat limit la se { $date }.
case-remind-second = { $number } ({ $area }): dezyèm avètisman. Toujou san repons, dat limit la se { $date }.
case-remind-overdue = { $number } ({ $area }): dat limit la te { $date } epi li pa gen repons. Administración Municipal dwe wè l.
case-remind-subject = { $number }: san repons, dat limit { $date }
case-by-quote = Pou reponn, reponn pandan w ap site mesaj sa a.
case-notice-subject = { $number }: { $kind }
case-notice-no-words = (poko gen anyen ekri)
case-notice-reserved = (rezève: se moun ki gen wòl nan biwo sa a ki li l)
case-answer-sent = Repons ou pou { $number } ap ale.
case-answer-not-theirs = Mwen pa voye anyen: wòl ou pa pèmèt ou reponn { $number }. Chèf biwo a ka fè l.
staff-file-not-sent = Fichye a pa voye epi mwen pa kenbe l. Pou voye l, mete l ak yon repons nan panèl la.
case-answered-by = { $number } te gen repons deja, { $date } ({ $name }).
case-answered-before = { $number } te gen repons deja, { $date }.
case-answer-again = Èske m voye repons sa a tou?
case-answer-dropped = Mwen pa voye anyen.
case-unknown = Mwen pa jwenn dosye ouvè ak nimewo { $number }.
case-kind-persona = mande yon moun
case-kind-reclamo = plent
case-kind-sugerencia = sijesyon
case-kind-felicitacion = felisitasyon
case-kind-solicitud = demann
case-kind-llamada = demann pou rele
case-by-mail =
    Pou reponn, antre isit la: { $address }
    Pa reponn imèl sa a: li pa rive jwenn moun nan.
case-by-panel = Pou reponn, chèche { $number } nan panèl la. Pa reponn imèl sa a: li pa rive jwenn moun nan.

## Dates
date = { $day } { $month } { $year }
month-1 = janvye
month-2 = fevriye
month-3 = mas
month-4 = avril
month-5 = me
month-6 = jen
month-7 = jiyè
month-8 = out
month-9 = septanm
month-10 = oktòb
month-11 = novanm
month-12 = desanm

## Buttons (at most 20 characters)
label-ask = Mwen gen yon kesyon
label-rate = Bay yon nòt
label-complaint = Pote plent
label-person = Pale ak yon moun
label-menu = Meni
label-cancel = Anile
label-back = Retounen
label-skip = Sote
label-done = Fini
label-pending = Poko fini
label-resume = Kontinye
label-change = Chanje nòt mwen
label-keep = Kite l konsa
label-yes = Wi
label-no = Non
label-none = Okenn
label-areas = Wè biwo yo
label-more = Wè plis
label-erase = Wi, efase
label-erase-mine = Efase sa ki pou mwen
label-not-erase = Pa efase
label-not-comment = Se te yon kesyon
label-rate-now = Bay nòt la
label-not-now = Pa kounye a
label-answer = Reponn
label-file = Wi, anrejistre
label-not-file = Pa anrejistre
label-case-area = Yon lòt biwo
label-case-for-nobody = Mwen pa konnen
label-solved = Wi, li reponn
label-partly = An pati sèlman
label-unsolved = Non, louvri ankò
label-data = Done mwen
label-mine = Montre done mwen
label-rights = Dwa mwen
label-rectify = Korije
label-object = Opoze
label-block = Bloke
label-take = Pran yon kopi
label-consent = Avèti m
label-access-yes = Wi, montre l
label-port-yes = Wi, ban m li
label-object-yes = Wi, pa envite m
label-block-yes = Wi, bloke
label-not-right = Non
label-rectify-other = Lòt bagay
label-object-other = Opoze ak lòt bagay
label-unblock = Debloke
label-consent-yes = Wi, di m sa

## Words that are understood at any time, comma-separated
heard-menu = meni, /menu, kòmanse, kòmansman
heard-help = ed, èd, /help, opsyon, kisa ou ka fè
heard-cancel = anile, /cancelar, kanpe, sispann, kite sa
heard-back = retounen, tounen, anvan
heard-skip = sote, pase, pwochen
heard-done = fini, mwen fini, se tout, anyen ankò
heard-pending = poko fini, li poko fini, toujou annatant
heard-rate = note, nòt, /calificar, bay nòt, bay yon nòt
heard-ask = kesyon, /consulta, mwen gen yon kesyon, se te yon kesyon
heard-areas = biwo, /areas, wè biwo yo, lis biwo yo
heard-resume = kontinye, ann kontinye
heard-rewrite = kòmantè a, kòmantè mwen, chanje kòmantè mwen
heard-change = chanje, chanje nòt, chanje nòt mwen, mwen fè yon erè
heard-data = done, /datos, done mwen, vi prive
heard-mine = montre, /ver, montre done mwen
heard-erase = efase, /borrar, efase done mwen
heard-rights = dwa, /derechos, dwa mwen
heard-rectify = korije, /corregir, korije done mwen
heard-object = opoze, /oponerme, pa envite m
heard-block = bloke, /bloquear, bloke done mwen
heard-unblock = debloke, /desbloquear, debloke done mwen
heard-take = pran, /llevarme, pran done mwen, yon kopi done mwen
heard-consent = avèti m, /avisos, di m sa
heard-enough = ase, /basta, pa di m ankò
heard-person = moun, /persona, yon moun, pale ak yon moun
heard-complaint = plent, /reclamo, pote plent, fè yon plent
heard-suggestion = sijesyon, fè yon sijesyon
heard-praise = felisitasyon, felisite
heard-request = demann, fè yon demann
heard-records = transparans, enfòmasyon piblik
heard-call = rele m, rele mwen, rele, tanpri rele m
heard-solved = wi li reponn
heard-partly = an pati sèlman
heard-unsolved = non louvri ankò, louvri ankò
heard-answer = reponn, repons
heard-questionnaire = sondaj, /cuestionario, kesyonè
heard-spanish = español, espanol, castellano, panyòl
heard-english = english, angle
heard-creole = kreyòl, kreyol, ayisyen
heard-hello = bonjou, bonswa, alo, salut
heard-thanks = mèsi, mesi, mèsi anpil, dakò, oke, orevwa
heard-yes = wi, wè wi, men wi, dakò wi
heard-no = non, non mèsi, anyen, mwen pa konnen

## What is understood from words
grades-in-turn = Ou bay plizyè nòt. M ap mande w pou chak.
propose-grade = Èske m note yon { $grade } pou { $area }?
propose-correction = Èske m chanje nòt ou pou { $area }, soti { $was } rive { $grade }?
propose-same-grade = Èske m kite nòt ou pou { $area } nan { $grade }?
propose-other-grade = Èske m chanje nòt ou pou { $area }?
grades-same-area = Se yon sèl sèvis ki okipe sa, { $area }, epi li resevwa yon sèl nòt.
grade-not-noted = Dakò, mwen pa note { $grade } pou { $area }.
proposal-dropped = Dakò, mwen pa note anyen.
grade-scale = 1 se pi ba nòt la, li pa bon ditou, epi 7 se pi wo a, li trè bon.
grade-whole = Nòt la se yon nimewo antye soti 1 rive 7. Mwen poko note anyen.
area-corrected = Mwen wè: se te { $area }. Sa mwen te note anvan an efase.
revise-words = Èske m mete sa nan plas dènye pati kòmantè ou pou { $area }? Nòt la rete menm jan.
revise-words-as = Èske m chanje kòmantè w la pou { $area } pa «{ $words }»? Nòt la rete.
revise-part = Èske m chanje «{ $was }» pou «{ $words }» nan kòmantè w la pou { $area }? Nòt la rete.
part-not-found = M pa jwenn «{ $was }» nan kòmantè w la.
rewrite-words = Kisa kòmantè w la pou { $area } dwe di? Ekri l ankò: li ranplase sa ki te la. Nòt la rete.
what-to-change = Kisa m chanje nan sa w te kite pou { $area }?
no-comment = Nòt ou a pou { $area } pa gen kòmantè, li rete jan li ye a.
drop-words = Èske m efase dènye pati kòmantè ou pou { $area }? Nòt la rete menm jan.
words-replace = Li fèt: mwen chanje l nan kòmantè ou pou { $area }. Ou ka kontinye, oswa ekri FINI.
words-drop = Li fèt: mwen efase l nan kòmantè ou pou { $area }. Nòt la rete menm jan. Ou ka kontinye, oswa ekri FINI.
words-keep = Dakò: kòmantè ou pou { $area } rete jan li ye a. Ou ka kontinye, oswa ekri FINI.
rate-whole = Isit la se yon biwo yo bay nòt, pa tout meri a. Pou felisite oswa plenyen an jeneral, di l ak pwòp mo ou.
grade-waits = Mwen gen nòt ou { $grade }: m ap note l lè m konnen pou ki biwo li ye.
move-rating = Èske se te nan { $area }? Si se sa, m ap mete nòt ou a la.
undo-rating = Èske m efase nòt ou pou { $area } ak kòmantè li?
rating-erased = Dakò. Mwen efase nòt ou pou { $area } ak kòmantè li.
refused = Dakò, mwen pa note anyen ankò. Mwen la si ou bezwen yon bagay.
which-area = Kiyès ou vle di?
this-area = Èske ou vle di { $area }?
withdraw-ask = Èske m retire demann ou { $number }? Si non, li rete anrejistre epi y ap reponn li.
withdrawn = Dakò. Demann ou { $number } retire.
withdraw-kept = Dakò. Li rete anrejistre epi y ap reponn li nan chat sa a.
case-not-here = Mwen pa jwenn { $number } nan chat sa a. Pou sekirite mwen montre sèlman sa ki anrejistre isit la. Si non, ekri MOUN.
case-none-yet = Pa gen anyen ki anrejistre nan chat sa a. Pou pote yon plent, ekri PLENT.
case-others = Ou genyen tou: { $numbers }. Ekri yon nimewo pou wè l.
case-stands-open = { $number } ap tann: pèsonn poko li l.
case-stands-read = Yon moun li { $number } epi li ap tann yon repons.
case-stands-answered = { $number } gen yon repons. Li vini nan chat sa a.
case-stands-with = K ap reponn: { $receiver }, depi { $date }.
case-stands-was = Ki te wè l: { $receiver }. Si yon bagay manke, ekri MOUN.
case-stands-due = Dat limit: { $date }. Repons la ap vini nan chat sa a.
case-stands-late = Dat limit la pase le { $date }. Administración Municipal genyen l.
case-stands-closed = { $number } pa ouvè ankò.
procedure-unseen = Mwen se asistan otomatik la: mwen pa wè dosye, kidonk mwen pa konnen kote demach ou ye.
procedure-offer = Ekri nimewo oswa dat demann ou ak sou kisa li ye. Avèk sa mwen anrejistre kesyon ou ak yon nimewo, epi biwo a ap reponn li.
what-about = Sou ki demach oswa ki biwo? Ekri l ak pwòp mo pa ou.
topic-cost = { $name }. Pri: { $value }.
topic-place = { $name }. Ki kote: { $value }.
topic-hours = { $name }. Lè: { $value }.
topic-papers-none = { $name }: yo pa mande okenn papye.
topic-time = { $name }. Sa pran: { $value }.
topic-contact = { $name }. Kontak: { $value }.
topic-whom = { $name }. { $value }.
topic-cost-unknown = { $name }: biwo { $area } poko konfime pri a.
topic-place-unknown = { $name }: biwo { $area } poko konfime adrès la.
topic-hours-unknown = { $name }: biwo { $area } poko konfime lè yo.
topic-papers-unknown = { $name }: biwo { $area } poko konfime papye yo.
topic-how-unknown = { $name }: biwo { $area } poko konfime etap yo.
topic-time-unknown = { $name }: biwo { $area } poko konfime konbyen tan sa pran.
topic-contact-unknown = { $name }: biwo { $area } poko konfime telefòn li.
topic-whom-unknown = { $name }: fich { $area } a pa di kiyès ki ka mande l.
card-no-more = Fich la pa gen plis pase sa.
card-bring = Pote
short-now = Depi kounye a m ap ekri kout. Ou ka tape tout bagay, san bouton. Pou retounen, di LONG.
long-now = Depi kounye a m ap ekri konplè.
language-offer = Mwen ka ekri w an kreyòl: ekri KREYÒL.
courtesy-thanks = Pa gen pwoblèm. Mwen la si ou bezwen lòt bagay.
courtesy-helped = Ou byen fè mande èd. Si yon bagay chanje, rele ankò.
courtesy-over = Sa soulaje mwen. Si yon bagay chanje, rele ankò.
courtesy-farewell = Orevwa. Mwen la si ou bezwen lòt bagay.
courtesy-who_are_you = Mwen se yon asistan otomatik, mwen pa yon moun. Mwen reponn kesyon sou minisipalite a, mwen pran nòt ak plent. Pou yon moun, ekri MOUN.
courtesy-origin = Se mwen ki asistan otomatik meri a: mwen pa yon moun, mwen pa lapolis ni yon lòt enstitisyon. Mwen konnen chat sa a sèlman paske gen moun ki ekri isit la ladan l, oswa ki louvri yon lyen oswa yon kòd pa nou. Mwen pa janm mande modpas ni lajan. Pou wè sa nou kenbe ekri DONE; pou efase l, EFASE; pou pa resevwa envitasyon ankò, OPOZE.
courtesy-smalltalk = Mwen la. Ekri kesyon ou, oswa MENI pou wè sa mwen ka fè.
grade-why = Nòt la ede biwo a amelyore. Yo pa wè non ou: biwo a resevwa total ak kòmantè san li. Li pa obligatwa, e jan yo sèvi w pa depann de nòt la. Plis: DONE.
grade-answered = Pèsonn pa reponn yon nòt: biwo a resevwa l lendi, ansanm ak lòt yo. Si ou bezwen yon repons, oswa pou yo ranje yon bagay, ekri PLENT epi n ap ba ou yon nimewo.
not-understood = Mwen pa konprann, epi mwen pa note anyen. Tanpri ekri l yon lòt jan.
not-found-again = Mwen toujou pa konprann, ann eseye yon lòt jan. Anyen pa pèdi.
useful-later = Mèsi. Lè ou konnen, di m si sa te itil ou.
useful-partly = Mèsi paske ou di sa. Kisa ki te manke? Ekri l, oswa mande yon MOUN.
alert-title = Ijans
danger-ask = Èske ou menm oswa yon lòt moun an danje kounye a?
danger-cannot-call = Si ou pa ka pale nan telefòn, mande yon moun ki toupre rele pou ou, oswa ale kote ki gen lòt moun.
danger-none = Mwen kontan pa gen danje kounye a. Kijan mwen ka ede w?
danger-still = Rele { $phone } kounye a epi pa rakwoche. Si ou kapab, chache yon moun ou fè konfyans ki ka rete avè w. Kontinye ekri isit la si ou bezwen; lè ou fin rele, ekri «mwen deja rele».
alert-will-call = Byen. Rele { $phone } kounye a epi pa rakwoche. Si yon bagay chanje, kontinye ekri isit la.
alert-accompanied = Mwen kontan ou pa poukont ou. Di moun sa a kijan ou santi w, epi rete ansanm. Nou ka rele { $phone } kounye a, tout lè.
alert-away = Pandan pèsonn pa ka fè w mal, chache yon moun ou fè konfyans oswa yon kote ki an sekirite. Si danje a tounen, rele lapolis: 133. Pou konsèy, 1455 reponn tout lè. Anba a ou ka wè kiyès ki ede, oswa ekri MOUN.
alert-undecided = Se ou ki deside si w ap pote plent ak ki lè; pèsonn isit la pa fòse w. Si ou santi w an danje, rele lapolis: 133. Pou konsèy, 1455 reponn tout lè. Anba a ou ka wè kiyès ki ede, oswa ekri MOUN.
alert-place = Di kote sa a bay moun ki reponn lan: { $phones }. Mwen pa ka rele pou ou.
alert-hazard-place = Pa pwoche, epi fè lòt moun rete lwen. Si yon moun an danje, rele ponpye: 132, oswa lapolis: 133. Mwen ka anrejistre plent lan nan Minisipalite a kounye a, ak sa ou te di a ak kote a.
emergency-hazard = Rete lwen epi pa touche anyen. Si yon moun an danje, rele ponpye: 132, oswa lapolis: 133. Pou avèti minisipalite a, ekri PLENT. Mwen se yon asistan otomatik.
emergency-lost = Si yon moun pèdi, rele lapolis kounye a: 133. Ou pa bezwen tann 24 èdtan. Mwen se yon asistan otomatik: mwen pa ka rele pou ou.
emergency-others = Lòt nimewo pou sa w rakonte a: { $phones }.
label-accept = Wi
label-reject = Non
label-as-comment = Non, se kòmantè
label-replace-words = Wi, chanje l
label-join-words = Non, ajoute l
label-drop-words = Wi, efase sa
label-keep-words = Non, kite l
label-erase-words = Efase l
label-leave-words = Kite l jan l ye
label-rewrite = Kòmantè mwen
label-elsewhere = Se te yon lòt biwo
label-erase-rating = Efase nòt mwen
label-undo = Wi, efase l
label-move = Wi, mete l la
label-stay = Non, kite l konsa
label-keep-rating = Kenbe l
label-withdraw = Wi, retire l
label-keep-case = Kite l anrejistre
label-other-area = Yon lòt biwo
label-danger = Wi
label-no-danger = Non
label-steps = Wè etap yo
label-short = Pi kout
label-long = Konplè
label-english = English
label-creole = Kreyòl
label-spanish = Español
heard-short = kout, pi kout
heard-long = long, konplè

offer-person = Èske ou vle yon moun reponn ou? Rès la rete annatant.

## Files and receipts
case-news-formal = { $number }: sa ou mande a se enfòmasyon piblik, ki gen pwòp chemen pa l. Kidonk dosye sa a fèmen isit la.
case-news-reopened = { $number }: { $receiver } louvri dosye ou ankò, ak menm nimewo a. Dat limit: { $date }.
file-held = Si fichye ou a mache ak yon plent, ekri PLENT oswa MOUN: ou pa bezwen voye l ankò. Si non, m ap efase l nan yon jou.
file-refused-gone = Mwen pa kenbe yon fichye: li pa rive antye. Ou ka voye l ankò.
file-refused-large = Mwen pa kenbe yon fichye: li depase { $mb } MB. Tanpri voye yon pi piti, tankou yon foto.
file-refused-locked = Mwen pa kenbe yon PDF: li gen yon modpas. Voye l san modpas, oswa yon foto.
file-refused-type = Mwen pa kenbe yon fichye: mwen pran foto, PDF ak odyo sèlman. Ou ka voye yon foto.
file-refused-unreadable = Mwen pa kenbe yon fichye: li pa t ka louvri. Ou ka voye l ankò, oswa yon foto.
file-rest-kept = Tout lòt bagay ou voye yo toujou la.
file-taken = Mwen resevwa fichye ou a ({ $count } sou { $most }): li ale ak demann ou. Si mwen pa ka kenbe l, m ap di w isit la.
files-full = Gen { $count } ak demann sa a deja, kidonk mwen pa kenbe sa a. Ou ka dekri l an mo.
heard-read-answer = wè repons lan, wè repons, li repons lan, li repons, wè mesaj, li mesaj
heard-receipt = resi, /receipt, resi mwen
label-receipt = Resi (PDF)
own-json = Menm done yo, pou lòt pwogram.
own-text = Done ou yo, pou li.
receipt-caption = Resi { $number }.
receipt-given = Men resi ou. Li pa ranplase okenn resous legal epi li pa kanpe okenn delè.
report-offer = Pou avèti depi isit la, ekri PLENT: ou p ap bezwen repete l.
answer-file = Fichye minisipalite a, ak repons pou { $number }.
person-file = Fichye moun k ap ede w la.
taken-file = Yon fichye ou te voye ak { $number }.
taken-chat-file = Fichye ou te voye bay yon moun nan chat sa a.
taken-more = Pa gen plas pou { $count } lòt fichye. Si ou vle yo, ekri MOUN.
voice-taken = Mwen resevwa odyo ou a. Mwen pa ka koute l: yon moun ap koute l, ak demann ou. Li efase apre { $days } jou.
voice-filed = Mwen resevwa odyo ou a. Mwen pa ka koute l: yon moun ap koute l, epi l ap reponn ou pa pita pase { $date }. Nimewo ou se { $number }. Odyo a efase apre { $days } jou.
voice-call = Si w pito yo rele w, ekri RELE.
my-data-mails = Imèl pou repons ou: { $mails }
my-data-people = Konvèsasyon ak yon moun, ou ka pote yo nèt avè w: { $days }
my-data-breaches = Avi sou pwoblèm ak sekirite done ou yo: { $days }
policy-about = { $name }, { $decree }, vèsyon { $version }. { $aim }
policy-commitment = { $number }. { $title }: { $text }
policy-ask = Si ou li l, reponn twa ti kesyon.
policy-wrong = Se pa sa. Li angajman yo ankò epi chwazi yon lòt fwa.
policy-right = Se sa.
policy-understood = Mèsi: ou reponn tout byen. Yo konte l yon sèl fwa pou chak moun, pa biwo sèlman; yo pa kenbe non w avè l.
week-none = Poko gen yon semèn ki kontwole. Premye a ap kontwole lendi ki vini apre premye opinyon an.
week-not-yours = Se moun ki gen yon wòl ki bay dwa a ki wè chif semèn nan. Mande moun ki jere panèl la.
measures-none = Pa gen okenn mezi ki louvri nan biwo ou a.
measures-list = Men mezi ki louvri nan biwo ou a. Peze youn pou w wè l.
measure-to-decide = { $number }, { $area }: fòk gen yon desizyon pa pita pase { $date }. Se nan panèl la yo ekri desizyon an.
measure-decided = { $number }, { $area }: pou fèt pa pita pase { $date }.
measure-waits = { $number }, { $area }: li fèt, y ap tann efè a.
measure-told = { $number }, { $area }: yo mezire efè a. Se nan panèl la yo fèmen l oswa relouvri l.
measure-judged-by = Yo mezire l ak “{ $indicator }”.
measure-words = “{ $words }”
measure-signal = Grafik kontwòl la bay yon siyal: { $area } bese plis pase sa yo te ka atann. Chif yo nan /semana.
measure-quote = Pou ekri yon bagay ki fèt, reponn mesaj sa a, oswa ekri { $number } ak nòt la.
measure-taken = { $number } se pou ou kounye a.
measure-noted = Sa ou ekri a nan { $number }.
measure-done = { $number } make kòm fèt. Y ap mezire efè a ak repons uit semèn k ap vini yo. Si se te yon erè, avèti ekip kalite a: y ap louvri l ankò.
measure-not-now = { $number }: sa pa posib kounye a, oswa li pa nan biwo ou a. Ekri /medidas pou w wè kote yo ye.
measure-area-ask = Nan ki biwo mezi a ye? Ekri non biwo a.
measure-area-unknown = «{ $words }» se pa yon biwo kote ou ka louvri mezi.
measure-not-yours = Se chèf biwo a ak ekip kalite a ki louvri mezi.
measure-origin-ask = Ki kote mezi { $area } a soti?
measure-ask-problem = Ki pwoblèm, ki akò oswa ki mankman? Pa bay non pèsonn.
measure-ask-cause = Ki sa ki lakòz li?
measure-ask-action = Ki sa y ap fè?
measure-ask-due = Jiska ki jou? Ekri jou, mwa ak ane, tankou 30-12-2026.
measure-ask-held-on = Ki jou reyinyon an te fèt? Ekri jou, mwa ak ane, tankou 30-11-2026.
measure-ask-place = Ki kote reyinyon an te fèt?
measure-ask-attendance = Konbyen moun ki te vini?
measure-ask-criterion = Ki kritè otoevalyasyon an ki pa respekte?
measure-ask-evidence = Ki prèv ki montre li pa respekte?
measure-too-long = Sa fè { $count } lèt, epi { $most } ka antre. Ekri l pi kout.
measure-no-day = Sa a se pa yon jou nan kalandriye a.
measure-day-past = Jou sa a pase deja.
measure-day-ahead = Jou sa a poko rive.
measure-no-count = Ekri kantite a an chif, ant 1 ak 100 000.
measure-summary = Yon mezi { $area }. { $origin }:
measure-open-ask = Yo mezire efè a ak nòt 6 ak 7 biwo a; pou yon lòt endikatè, louvri l nan panèl la. Li gen non ou epi yo pa ka efase l. Èske m louvri l?
measure-opened = Mezi a louvri. Ekri /medidas pou w wè nimewo l ak sa ki vin apre.
label-policy-begin = Reponn kesyon yo
label-measure-take = Pran l
label-measure-done = Make kòm fèt
label-measure-new = Louvri yon mezi
label-measure-open = Louvri l
label-measure-plan = Plan amelyorasyon
label-measure-training = Fòmasyon
label-measure-meeting = Akò reyinyon
label-measure-gap = Otoevalyasyon
heard-policy = /politica
heard-measures = /medidas
heard-week = /semana
topic-more-unknown = Pou { $name }: mwen pa gen yon repons konfime sou sa. Biwo { $area } ka di w.
topic-other = Si w t ap mande sou { $name }, chwazi opsyon sa a.
person-asked = Mwen avize moun k ap resevwa yo: yon moun ap reponn ou isit la. Si pèsonn pa kapab nan { $minutes } minit, m ap ba w yon nimewo dosye. Nan yon ijans rele 133, 132 oswa 131.
person-tell = Di kounye a sa w bezwen: moun sa a ap li l. Pou w tounen avè m, ekri MENI.
person-tell-more = Moun sa a gen sa w te ekri a, ou ka ajoute ankò. Pou w tounen avè m, ekri MENI.
person-later = Pa gen moun sou liy kounye a. Yon moun ap reponn nan chat sa a apati { $date }, a { $time }.
person-later-ask = Èske m louvri yon dosye pou ou, ak yon nimewo epi yon dat limit? La ou ka di sa ou bezwen.
person-taken = Ou avèk yon moun nan minisipalite a kounye a. M ap fè silans. Pou w tounen avè m, ekri MENI.
person-returned = Moun ki t ap resevwa w la te oblije ale. Mwen avize lòt yo: tanpri rete isit la.
person-says = Moun nan minisipalite a: { $words }
person-unanswered = Pèsonn pa t ka reponn ou kounye a, nou mande w eskiz. Sa w te ekri a se dosye { $number }. Yon moun ap reponn nan chat sa a, pa pita pase { $date }.
person-ended = Moun nan fini konvèsasyon an. Se mwen, asistan otomatik la, k ap kontinye.
person-idle = Kòm pa t gen lòt mesaj, se mwen, asistan otomatik la, k ap kontinye. Si w toujou bezwen yon moun, ekri MOUN.
person-left = Mwen tounen, asistan otomatik la. Moun nan pa li chat sa a ankò.
person-still-waiting = Ou toujou nan liy lan: yon moun ap reponn ou isit la. Pou w tounen avè m, ekri MENI.
person-still-here = Ou avèk yon moun deja: ekri l isit la. Pou w tounen avè m, ekri MENI.
person-no-media = Moun nan ap konnen ou voye l, men li pa ka wè l ni tande l isit la. Tanpri di l ak mo.
person-sent = (li voye { $what })
person-media-voice = yon odyo
person-media-photo = yon foto
person-media-video = yon videyo
person-media-document = yon dokiman
person-media-sticker = yon sticker
person-media-location = yon kote
person-media-contact = yon kontak
person-media-file = yon fichye
person-media-other = yon bagay ki pa ka li
person-file-taken = Mwen resevwa fichye ou a: moun k ap reponn ou a ap wè l. Si mwen pa ka kenbe l, m ap di w isit la.
person-voice-taken = Mwen resevwa odyo ou a: moun k ap reponn ou a ap koute l. Li efase apre { $days } jou.
person-files-full = Gen { $count } nan konvèsasyon sa a deja, kidonk mwen pa kenbe sa a. Ou ka dekri l an mo.
person-file-shown = Li nan panèl la, nan Conversaciones.
person-waits =
    Yon moun ap tann nan chat la ({ $area }):
    «{ $words }»
person-waits-how = Pou w reponn, peze Resevwa oswa reponn mesaj sa a. Lè w fini, reponn li epi ekri ANILE.
person-waits-subject = Yon moun ap tann nan chat la: { $area }
person-by-mail = Pou reponn li, antre isit la: { $address }
person-by-panel = Pou w reponn, antre nan panèl la, nan Conversaciones.
person-wrote =
    Moun nan ekri:
    «{ $words }»
person-yours =
    Se ou k ap reponn kounye a. Moun nan te ekri:
    «{ $words }»
    Reponn mesaj sa a. Lè w fini, reponn li epi ekri ANILE.
person-sent-on = Mesaj ou a sou wout.
person-given-back = Ou fini konvèsasyon an: asistan an ap kontinye.
person-theirs = { $name } ap reponn depi { $time }.
person-over = Konvèsasyon sa a fini, oswa li pa nan biwo ou yo.
label-leave-case = Kite yon mesaj
label-attend = Resevwa
label-call = Rele mwen
label-answer-again = Voye yon lòt
label-not-answer-again = Pa voye
pinned-title = Avi
ratings-stopped = Pou kounye a nou pa pran nòt ni sondaj. Si w bezwen yon bagay, fè yon plent oswa mande yon moun.
