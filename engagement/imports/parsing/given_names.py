"""Gazetteer of given names: by which of two capitalized words are told to be a person and not a firm.

The commonest ones of Europe, folded; and firms that are called like people.
"""

GIVEN_NAMES = frozenset(
    """
    aaron abdul abigail adam adele adrian agnes agnieszka ahmed aidan aileen alain alan alasdair albert alberto alejandro
    alessandra alessandro alex alexander alexandra alexandre alexandros alexis alfred alfredo ali alice alicia alina
    alison alistair allan allegra allison alois amalia amanda amelia amina amir amy ana anastasia anders andre andrea
    andreas andreea andrei andrej andres andrew andrius andrzej andy ane angel angela angelika angelo angus anita anja
    ann anna anne annabel anneli annette annie annika anthony antoine anton antonella antonia antonio antonis archie
    arif arlene armin arnaud arne arnold arthur arturo ashley astrid audrey august axel barbara barry bart bas beata
    beate beatrice beatriz ben benedict benjamin benoit bernadette bernard bernd bernhard bernice bert bertrand beth
    bettina betty bianca bill birgit bjorn bob bogdan boris brad brendan brian bridget brigitte bruce bruno bryan camilla
    carl carla carlo carlos carmen carol carole carolina caroline carsten catherine cathy cecile cecilia celine cesar
    chantal charles charlie charlotte chiara chloe chris christa christian christiane christina christine christophe
    christopher ciaran claire clara clare claude claudia claudio claus clemens clive colette colin colm conor constance
    cormac corinna corinne cornelia craig cristian cristiano cristina cyril daisy damian damien dan dana daniel daniela
    daniele danielle danny dara darren dave david dean debbie deborah debra declan deirdre delphine denis denise
    dennis derek dermot desmond diana diane diarmuid didier diego dieter dimitri dimitrios dirk dolores dominic dominik
    dominique don donal donald donna doreen doris dorothea dorothy doug douglas duncan eamon eamonn ed eddie edith edmund
    eduardo edward edwin eileen elaine eleanor elena elias elisa elisabeth elise elizabeth ella ellen elsa emanuela emil
    emilia emilio emily emma emmanuel enda enrico enrique eoin eric erica erich erik erika ernst esther estelle ethan
    eugen eugene eugenio eva evelyn ewa ewan fabian fabien fabio fabrice fabrizio fatima federica federico felicity felix
    ferdinand fergal fernando finn fintan fiona flavia flavio florence florent florian frances francesca francesco
    francine francis francisco franco francois francoise frank franz fraser fred frederic frederick frederik fredrik
    frieda friedrich fritz gabor gabriel gabriela gabriele gabriella gareth gary gavin gemma geoff geoffrey george georges
    georgia georgina georg georgios gerald geraldine gerard gerd gerhard gerry gert giacomo gianluca gianni gilbert giles
    gilles gina giorgio giovanna giovanni gisela giulia giulio giuseppe glenn gloria gordon grace graeme graham grainne
    grant greg gregor gregory greta gudrun guido guillaume gunter gunther gustav guy hana hanna hannah hannes hans harald
    harriet harry hartmut hassan heather heidi heike heiko heinrich heinz helen helena helene helga helmut henri henrik
    henrike henry herbert herman hermann hilary hilda holger holly horst howard hubert hugh hugo ian ibrahim ida igor
    ilaria ilona ilse imelda imogen ines inga inge ingo ingrid inigo ioana ioannis irena irene iris isabel isabella
    isabelle isla ivan ivana ivo jack jackie jacob jacqueline jacques jaime jakob jakub jamal james jamie jan jana jane
    janet janice janina janine janis jaroslav jason javier jay jean jeanette jeannette jeff jeffrey jelena jenifer jennifer
    jenny jens jeremy jerome jerry jerzy jesper jess jesse jessica jesus jill jim jimmy jo joachim joan joana joanna
    joanne joao jochen joe joel johan johann johanna johannes john johnny jon jonas jonathan jordi jorg jorge jose josef
    josefina joseph josephine josh joshua josip joyce juan juana judith judy juergen jules julia julian juliana julie
    julien juliet julio julius jurgen justin justine justyna kai karel karen karim karin karina karl karsten kasper kate
    katarina katarzyna kate katerina katharina katherine kathleen kathrin kathryn kathy katia katie katja katrin kay
    keith kelly ken kenneth kerry kerstin kevin khalid kieran kim kimberly kirsten kirsty klaus konrad konstantin
    konstantinos krisztina kristian kristin kristina krzysztof kurt kyle lara lars larry laszlo laura laurence laurent
    lawrence lea leah lee lena leo leon leona leonard leonardo leonie leonora leslie lesley liam lidia liisa lilian
    liliana lilly lily linda lindsay lionel lisa liz lloyd loic lorenzo lorna lorraine louis louise luc luca lucas
    lucia luciano lucie lucy ludovic ludwig luigi luis luisa lukas luke luuk lydia lynda lynn lynne madeleine maeve magda
    magdalena maggie magnus mairead malcolm manfred manon manuel manuela mara marc marcel marcela marcello marcin marco
    marcus marek margaret margarita margot margrethe maria mariana marianne marie marija marilyn marina mario marion
    marisa marius marja mark marko markus marlene marta martha martijn martin martina martine martyn mary maryam mateusz
    mathias mathieu mathilde matilda matt matteo matthew matthias matthieu maureen maurice mauro max maximilian maxime
    megan melanie melissa mercedes mia michael michaela michal michel michele michelle mick miguel mika mike mikael mikko
    milan milena millie miranda miriam mirjam mohamed mohammad mohammed moira moira monica monika monique morten muhammad
    murdoch muriel nadia nadine nancy naomi natalia natalie natasha nathalie nathan neil nelson nessa niall niamh nicholas
    nick nicki nicky nico nicola nicolas nicole nicoletta niels nigel nikki niklas nikolaos nikolaus nikos nils nina noel
    nora norah norbert norma norman nuala nuno odile olaf ole oleg olga oliver olivia olivier omar orla oscar oskar otto
    owen pablo paddy pamela paola paolo pascal pascale pat patricia patrick patrik patrizia paul paula paulina pauline
    paulo pavel pawel pedro peggy penelope penny pete peter petr petra petros petteri phil philip philipp
    philippa philippe phillip phoebe phyllis pia pierre pieter pilar piotr polly prisca priti quentin rachel radek
    rafael raffaele rainer ralf ralph ramon raphael ray raymond rebecca regina reinhard reinhold renata renate rene reto
    ricardo riccardo richard rick rita rob robert roberta roberto robin rodney rodrigo roger roland rolf roman ronald
    ronan ronnie rosa rosalind rosanna rose rosemary rosie ross rowan roy ruben rudolf rudy rui rupert russell ruth ryan
    sabina sabine sabrina sally salvador salvatore sam samantha samir samuel sandra sandy sandrine sanna sara sarah sascha
    scott sean sebastian sebastien selina serena serge sergej sergio severine shane shannon sharon sheila sheryl shirley
    sigrid silke silvia simon simona simone sinead siobhan sofia sonia sonja sophia sophie soren stacey stanislav
    stefan stefania stefanie stefano steffen stella stephan stephane stephanie stephen steve steven stewart stuart sue
    susan susana susann susanna susanne suzanne suzy svein sven svetlana sylvain sylvia sylvie tadeusz tamara tania
    tanja tanya tara tatiana ted terence teresa terry theo theodor theresa therese thibault thierry thomas thorsten tiago
    tilman tim timo timothy tina tobias toby todd tom tomas tomasz tommaso tommy toni tony torben torsten tracey tracy
    trevor trudy udo ulf ulla ulrich ulrike una ursula ute uwe valentin valentina valerie vanessa vasco vera verena
    verity veronica veronika veronique vicky victor victoria viktor vincent vincenzo viola virginia virginie vivian
    vivienne vladimir volker walter wanda warren wendy werner wilfried wilhelm willem william wim winfried wojciech
    wolfgang xavier yann yannick yves yvette yvonne zoe zoltan zsolt zsuzsanna
    """.split()
)
FIRMS_LIKE_PEOPLE = frozenset(
    """
    john lewis|thomas cook|eli lilly|morgan stanley|knight frank|grant thornton|marie curie|michael page|robert walters
    arthur andersen|christian aid|max planck|charles stanley|edward jones|james fisher|howard hughes|johnson matthey
    louis vuitton|laura ashley|martin marietta|paul hastings|paul weiss|ben nevis|frank knight|max bupa|max mara
    ernst young|jones lang|ray ban|robert bosch|robert half|alfred wegener|alexander mann|arthur little|samuel smith
    william grant|william hill|john deere|john swire|john laing|john menzies|harry ramsden|hugo boss|karl storz
    rosa luxemburg|konrad adenauer|friedrich ebert|friedrich naumann|heinrich boll|hanns seidel|robert koch|paul ehrlich
    otto bock|otto group|philip morris|jack wills|ted baker|scott wilson|austin reed|henry schein|franklin templeton
    """.replace("\n", "|").replace("    ", "").strip("|").split("|")
)
