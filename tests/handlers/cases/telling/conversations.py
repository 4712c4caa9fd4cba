"""Whole conversations that end in a case: what is said, words of each answer, what is filed."""

from __future__ import annotations

# What is said in each turn → words of its answer; then the area and the words of what is filed.
FILED = [
    (  # a no to what misses loses nothing, and an order to file is no word of it
        """
reclamo: no pasa el camión por Balmaceda 1200 → Me falta
no → Revise
sí, ingrésalo → número
""",
        ("aseo", "no pasa el camión por Balmaceda 1200"),
    ),
    (  # nor does the end of it
        """
reclamo: hay un hoyo en Balmaceda 1200 → Revise
da lo mismo → conteste que sí
nada más → conteste que sí
así nomás → número
si, mándelo → quedó ingresado
""",
        ("operaciones", "hay un hoyo en Balmaceda 1200"),
    ),
    (  # a refusal, and a no to the summary, after which it is filed after all
        """
reclamo: hay un hoyo en Balmaceda 1200 →
no quiero dar mi nombre → ¿Lo ingreso?
no → no ingresé
ingréselo → Revise
ok mándelo → número
""",
        ("operaciones", "hay un hoyo en Balmaceda 1200"),
    ),
    (  # what others should do is the wish that was asked for
        """
quiero hacer un reclamo →
los inspectores me pasaron un parte ayer →
que lo anulen → Revise
si, pero es anónimo cierto → No pedimos su nombre
y si no me la devuelven → vence el plazo
dele → número
""",
        ("seguridad", "los inspectores me pasaron un parte ayer\nque lo anulen"),
    ),
    (  # the office that is named later is surer than the one that was guessed
        """
quiero reclamar →
la señora de la ventanilla me trató mal → dónde
en el juzgado → Juzgado
sí → número
""",
        ("juzgado", "la señora de la ventanilla me trató mal\nen el juzgado"),
    ),
    (  # where it is, is no office
        """
reclamo: no pasa la micro por mi población → dejar igual
sí → Me falta
la antena → informaciones
sí → número
""",
        ("", "no pasa la micro por mi población\nla antena"),
    ),
    (  # words beside a grade become the case, and the grade is asked about afterwards
        """
un 3 para la feria → 3 a Patentes
porque no hay baños → 3 a Patentes
y dónde reclamo → Ya anoté
no → Revise
sí → número
listo → ¿Le pongo un 3 a Patentes
""",
        ("patentes", "para la feria\nporque no hay baños"),
    ),
    (
        """
hay un hoyo en mi calle → RECLAMO
si, quiero reclamar → Ya anoté
los perales 33 → Revise
ya → número
""",
        ("operaciones", "hay un hoyo en mi calle\nlos perales 33"),
    ),
    (  # a hazard, help, its end, and the report
        """
hay un cable colgando → RECLAMO
calle los aromos 234 → reclamo a la
ya llamé a los bomberos → Hizo bien
ya lo arreglaron → RECLAMO
quiero dejarlo como reclamo igual → Revise
sí → número
""",
        ("operaciones", "hay un cable colgando. calle los aromos 234"),
    ),
    (
        """
se cayó un árbol encima de un auto → 132
no hay heridos → Qué bueno
en avenida francisco de aguirre → lugar
llegaron recién → Qué alivio
y ahora cómo reclamo por el auto → Ya anoté
no → Revise
sí → número
""",
        (
            "aseo",
            "se cayó un árbol encima de un auto. en avenida francisco de aguirre",
        ),
    ),
    (
        """
se está quemando un sitio eriazo → 132
en la pampa → Diga ese lugar
detrás del liceo → Diga ese lugar
ya llegaron los bomberos → Hizo bien
pero ese sitio siempre está lleno de basura, quiero reclamar → Me falta
no → Revise
sí → número
""",
        ("aseo", "pero ese sitio siempre está lleno de basura, quiero reclamar"),
    ),
    (  # a pause is no word of it; neither is a question, nor a yes with its manners
        """
reclamo →
los vecinos hacen fiesta → Me falta
espera → Tómese su tiempo
pasaje 4 casa 12 → Revise
un momento → Tómese su tiempo
a quién le mandan esto → Lo lee
si mi niña → número
""",
        ("medio-ambiente", "los vecinos hacen fiesta\npasaje 4 casa 12"),
    ),
    (  # what is told beside an erasure is not lost with it
        """
reclamo: el cementerio está abandonado →
la antena → Revise
borra eso, es el de las compañías → Todavía no ingreso nada
agregarlo → Revise
sí → número
""",
        (
            "cementerios",
            "el cementerio está abandonado\nla antena\nborra eso, es el de las compañías",
        ),
    ),
    (  # a grade in between is of the same area, and the case waits for its end
        """
quiero reclamar contra la farmacia municipal →
no había remedios → Revise
y ponles un 2 → un 2 para Salud
listo → aún no está ingresado
reclamo → Revise
sí → número
""",
        ("salud", "quiero reclamar contra la farmacia municipal\nno había remedios"),
    ),
    (  # after the card of a report, an order to send it is no praise of the card
        """
hay un hoyo en mi vereda → ¿Le sirvió?
sí → nota
envíalo así → Ya anoté
no → Revise
sí, por favor → número
""",
        ("operaciones", "hay un hoyo en mi vereda"),
    ),
    (  # nor is a question that its own answer follows asked of the card
        """
no prenden las luces del pasaje → ¿Le sirvió?
¿dónde? en colón con matta → Revise
¿cuándo? desde anoche → desde anoche
repórtalo → número
""",
        (
            "operaciones",
            "no prenden las luces del pasaje\n¿dónde? en colón con matta\n¿cuándo? desde anoche",
        ),
    ),
    (  # what the search does not know can be reported all the same
        """
me gustaría denunciar a una empresa que bota escombros al río elqui → RECLAMO
y lo hacen todas las noches → Revise
mándelo tal cual → número
""",
        (
            "aseo",
            "me gustaría denunciar a una empresa que bota escombros al río elqui\n"
            "y lo hacen todas las noches",
        ),
    ),
    (  # hesitating is no despair, and an announced photo no word of it
        """
buenas, denuncia: el vecino quema hojas en colón con matta → Me falta
mmm mejor lo pienso → Tómese su tiempo
adjunto foto → hasta 3 fotos
no sé si seguir → Tómese su tiempo
todas las tardes → Revise
¿se va a enterar mi vecino que fui yo? → ¿Lo ingreso?
ok mándalo → número
""",
        (
            "seguridad",
            "el vecino quema hojas en colón con matta\ntodas las tardes",
        ),
    ),
    (  # a greeting, or a danger that is denied, leaves what is told where it was
        """
reclamo →
buenas tardes → Cuente en un mensaje
la plaza está oscura → Me falta
da miedo pasar, me pueden matar → ¿Usted u otra persona
no → Revise
que pongan luz → pongan luz
sí → número
""",
        ("operaciones", "la plaza está oscura\nque pongan luz"),
    ),
    (  # the last message goes, and not the case with it; a sum is no address
        """
me cobraron 20 mil de más en el permiso de circulación → ¿Le sirvió?
quiero reclamar → Ya anoté
no → Revise
ah y la cajera es una pesada → pesada
eso último bórrelo → Revise
perdón, eran 25 mil, no 20 mil → 25 mil
que me los devuelvan → devuelvan
sí → número
""",
        (
            "transito",
            "me cobraron 25 mil de más en el permiso de circulación\nque me los devuelvan",
        ),
    ),
    (  # an apostrophe is within the name of a street
        """
reclamo: un camión en la vereda → Me falta
calle cordovez 440 → Revise
no era cordovez, era o'higgins → o'higgins 440
no no, no era o'higgins, era brasil 33 → Revise
sí → número
""",
        ("obras", "un camión en la vereda\ncalle brasil 33"),
    ),
    (  # a service that is called so is no question about it
        """
reclamo: mi calle está llena de hoyos → Me falta
pasaje los lirios 40, desde marzo → Revise
que la pavimenten → que la pavimenten
y si no me contestan nunca → vence el plazo
sí → número
""",
        (
            "operaciones",
            "mi calle está llena de hoyos\npasaje los lirios 40, desde marzo\nque la pavimenten",
        ),
    ),
    (  # the office that is named beside a day is surer than a guess by one word of it
        """
reclamo: me muero de rabia con la espera →
en tránsito, ayer → Tránsito
que pongan más gente → Tránsito
sí → número
""",
        (
            "transito",
            "me muero de rabia con la espera\nen tránsito, ayer\nque pongan más gente",
        ),
    ),
    (  # a hazard can be reported in any words, after help was called as well
        """
hay un poste a punto de caerse → Aléjese
en colón con matta → reclamo a la
ya avisé a carabineros → RECLAMO
dónde lo informo a la municipalidad → Revise
sí → número
""",
        ("operaciones", "hay un poste a punto de caerse. en colón con matta"),
    ),
    (  # what stays until it is mended needs its place only, and takes along what is told below
        """
reclamo: hay un hoyo en Brasil 20 → Revise
hace un mes → hace un mes
que lo tapen → que lo tapen
sí → número
""",
        ("operaciones", "hay un hoyo en Brasil 20\nhace un mes\nque lo tapen"),
    ),
    (  # what a card takes reports of needs its place only
        """
hay un semáforo apagado → Aviso de semáforo
en colón con matta → Revise
dónde lo informo a la municipalidad → ¿Lo ingreso?
sí → número
""",
        ("transito", "hay un semáforo apagado\nen colón con matta"),
    ),
]
