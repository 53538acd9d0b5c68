/** Words that hold a sentence together and carry no goal. `own`, `out` and `up` are left to carry a little. */
export const FUNCTION_WORDS = `
i me my mine mi we us our you your he him his she her it its they them their this that these those a an the and or of to in on at for from with by as into
is am are was were be been being im ive id ill youre its thats theres do does did doing done have has had having will would could should can may might must shall
not no nor than then there here when where which who whom whose what why how if while until till also too very really quite bit lot some any all each every
um er erm uh oh well please thank thanks just only even still yet again agen ok okay yes yeah yep nah like want wants wanted wanna wish love loves enjoy prefer need needs
think feel know dunno maybe about bit sort kind thing because cos coz so but rather instead cannot hate without never ever now one two three ago since before after
used use able try trying lets let im gonna got gotta awful something anything everything nothing sometimes always often bored stiff
`;

/** Words of many goals: alone they say little. */
export const WEAK_WORDS = `
go get make see play help learn new people other others things stuff together good nice more better best group club somebody someone anyone everyone person
own out up day days time take being keep join start find look talk say do way place places home house big little old young night evening morning weekend
week life living live lesson lessons class classes teach part town room long far near real right first last round back off down over need work
`;

/** Common words that are spelt right and mean no goal: they are not put right to something else. */
export const PLAIN_WORDS = `
again always around along already another asked away bad been before began behind below beside both brought called came change
close cold come could country couple cross cut dark dear didnt different door each early easy else end enough even ever every eyes face fact far fast feet few fine five
follow food foot force form found four free front full gave girl give given great ground had half hand hands hard have head hear heard heart heavy hello here hers high
himself hold hope hour hours hundred hurt idea important inside just kept kind knees knew known lady large late later laugh least leave left legs less light line list listen little
lives lots main many matter mean might mile minute miss missing moment month months more most mother mouth move much must name need never next nice nobody none nor north note
number often once only onto open order other our own pair part past perhaps piece plan point poor pretty problem pull push put quick quiet quite rather ready real
really reason rest right room round said same saw second seem seen sent set several short should side simple since sit six sky slow small something soon sort sound
stand start state stay step still stood stroke such sun sure table taken tell ten than thank that their them then there these thing think third those though thought thousand three
through today together told tomorrow tonight took top toward town true turn twice two under until upon used usual very voice wait want warm watch water week well went were what
when where which white who whole why will wind wish with woman women wonder word words world would year years yes yesterday your blue green black brown yellow pink
`;
