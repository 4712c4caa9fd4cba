"""Given names and surnames common in Chile, folded: how masking tells a name from other words."""

from __future__ import annotations

# Names that are also everyday words (Luz, Paz, Sol, Consuelo, Esperanza, Dolores, Mercedes,
# Pilar, Soledad, Rocío, Ángel, Abril, León) are left out of the first list on purpose: alone they
# would mask ordinary sentences. They are in the second, which counts only beside another name.
_GIVEN = """
abigail abraham adela adolfo adrian adriana agustin agustina aida aixa alan alberto aldo
alejandra alejandro alexander alexandra alexis alfonso alfredo alicia alonso alvaro amanda
amelia ana anahi anais andrea andres angela angelica anita antonella antonia antonio araceli
ariel armando arturo astrid augusto aurora barbara bastian beatriz belen benito benjamin
bernarda bernardita bernardo berta brenda bruno camila camilo carla carlos carmen carolina
catalina cecilia celeste cesar christian christopher cindy clara claudia claudio constanza
cristian cristina cristobal dagoberto damaris daniel daniela danilo dario david debora
denisse diana diego domingo domitila edgardo edith eduardo elba elena eliana elias elisa
elizabeth elsa emilia emiliano emilio emma enrique eric erica ernesto esteban estefania
estela ester eugenia eugenio eva evelyn exequiel fabian fabiola facundo fatima federico
felipe felix fernanda fernando fidel filomena florencia francisca francisco franco freddy
gabriel gabriela galvarino gaspar genoveva gerardo german gilda gisela gladys gloria gonzalo
graciela gregorio guillermina guillermo gustavo haydee hector helena herman hernan hilda
horacio hortensia hugo humberto ignacia ignacio ines ingrid irene iris irma isaac isabel
isabella isidora ismael ivan ivonne jacinta jacqueline jaime javier javiera jazmin jeannette
jennifer jessica jimena joaquin jocelyn johana jonathan jorge jose josefa josefina juan
juana juanita judith julia julian juliana julieta julio karen karina karla katherine kevin
laura lautaro leandro leonardo leonor leopoldo leticia lidia lilian liliana lorena lorenzo
lourdes lucas lucho lucia luciano luis luisa luzmila macarena magdalena maite manuel manuela
marcela marcelo marcia marco marcos margarita maria mariana mariano maribel maricel mariela
mario marisol maritza marta martha martin martina mateo matias matilde mauricio maximiliano
maximo maya melissa micaela miguel milena millaray mireya miriam moises monica
montserrat myriam nadia nancy natalia nataly nayareth nelson nestor nicolas nicole noelia
nora norma octavio ofelia olga olivia omar oriana orlando oscar osvaldo pablo paloma pamela
paola pascual patricia patricio paula paulina pedrito pedro priscila rafael raimundo ramiro
ramon ramona raquel raul rebeca regina renata renato rene ricardo rigoberto roberto rocio
rodolfa rodolfo rodrigo rogelio rolando romina roque rosa rosalia rosana rosario rosaura
rosita roxana ruben ruth salvador samuel sandra santiago sara sebastian segundo sergio
silvia silvio simon sixto sofia sonia susana tamara tania tatiana teodoro teresa tomas
trinidad ulises valentina valeria vanessa veronica vicente victor victoria vilma viviana
vladimir wilma wilson ximena yamila yasmin yasna yessenia yolanda zoila zulema
"""
_SURNAMES = """
abarca abril acevedo acosta acuna aguayo aguilar aguilera aguirre ahumada alarcon alcayaga
alfaro allende alvarado alvarez alvear angel angulo antipan arancibia aravena araya arce
arenas arias arriagada astorga astudillo avalos avendano avila aviles ayala baeza bahamondes
barahona barraza barrera barria barrientos barrios barros bascunan bastias becerra benavides
benitez bermudez berrios bravo briones bugueno bustamante bustos cabezas cabrera caceres
calderon calfin callejas campos campusano canales cardenas carrasco carreno carvajal
castaneda castillo castro catalan cayupan cerda cespedes chandia chavez cifuentes cisternas
collao concha consuelo contador contreras cordero cordova cornejo coronado correa cortes
cortez cruz cuevas curin delgado diaz dolores donoso duarte duran echeverria elgueta escobar
escudero esperanza espinosa espinoza farias faundez fernandez ferrada figueroa flores fredes
fuentealba fuentes fuenzalida gajardo galaz gallardo gallegos galleguillos galvez garay
garcia garrido gatica godoy gomez gonzalez guajardo guerra guerrero gutierrez guzman
henriquez heredia hernandez herrera hidalgo honores hormazabal huenchul huerta hurtado
ibacache ibanez ibarra iglesias inostroza iturra jara jaramillo jeraldo jimenez jofre
jorquera juarez labra lagos landeros lara leal leiva leon lillo lira lizama llanos lobos
loncon lopez loyola lucero luna luz machuca madariaga maldonado mamani mancilla manriquez
marin marquez martinez matamala maturana matus medel medina mejias melendez mella mena
mendez mendoza meneses merino meza millan miranda molina monardez moncada mondaca montecinos
montenegro montero montoya mora moraga morales moreno moya munoz naranjo narvaez navarrete
navarro neira nunez ojeda olave olguin olivares olmos opazo orellana ormeno ortega ortiz
osorio ossandon otarola oyarce oyarzun pacheco padilla paez palacios palma pardo paredes
parra pastene pavez paz pedreros pena penailillo peralta pereira perez pilar pina pino pinto
pizarro plaza poblete ponce porras portilla quezada quilodran quinones quintana quinteros
quiroga quiroz quispe ramirez ramos rebolledo retamal reyes riffo rios riquelme rivas rivera
rivero robles roco rodriguez rojas rojo roman romero romo rondon rosales rosas rozas rubio
ruiz saavedra saez salas salazar saldivia salgado salinas salvatierra sanchez sandoval
sanhueza santana santander santibanez sarmiento segovia seguel sepulveda serrano sierra
silva sol soledad solis soto sotomayor suarez suazo tabilo tapia tello tirado toledo toro
torrejon torres troncoso trujillo ugarte ulloa urbina urra urrutia urzua valdebenito
valderrama valdes valdivia valencia valenzuela valladares vallejos varas varela vargas
vasquez vega velasco velasquez veliz venegas vera vergara vicencio vidal viera vilches
villagra villagran villalobos villalon villanueva villar villarroel villegas vivanco yanez
yevenes zambrano zamora zamorano zapata zarate zavala zepeda zuleta zuniga
"""

GIVEN_NAMES = frozenset(_GIVEN.split())
SURNAMES = frozenset(_SURNAMES.split())
