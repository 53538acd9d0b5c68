import type { Random } from './random.js';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** First names of many origins. Together with the family names, which are invented or oddly paired, they name nobody. */
export const FIRST_NAMES = words(`
Abiola Ada Agnes Aisha Alba Alfie Amara Amir Anouk Anwen Arjun Asha Astrid Aurelio Bashir Beatrix Bilal Blessing Branwen Bryony
Cadoc Callum Camila Cassius Chidi Chiara Ciaran Clemence Cosmo Dalia Dariusz Delphine Dilys Dimitri Doreen Ebele Edith Eilidh Elif Elsie
Emeka Enzo Esme Ewa Farah Felix Fenella Fergus Florian Freya Gareth Gethin Ghazala Gita Gwendolen Hamza Harriet Hiroko Hugo Ibrahim
Idris Ifeoma Ines Ingrid Iris Isolde Ivo Jagoda Jamal Jasmin Joachim Josefa Kamala Kasia Keir Kenji Kofi Lakshmi Leila Leopold
Lian Linnea Lorcan Lucia Magda Maisie Malachi Maren Mei Mireille Morag Nadia Naveed Niamh Nkechi Noor Olive Omar Ottilie Padma
Parveen Petra Priya Quentin Rafael Rashida Rhiannon Rosalind Rufus Sabine Saoirse Selwyn Simran Soraya Svetlana Tamsin Tariq Thandiwe Tobias Tomasz
Ursula Valentina Vikram Wanjiru Wilfred Xanthe Yasmin Yusuf Zainab Zofia
`);

/** Family names, invented for this district: they sound like many countries and are the family names of few or none. */
export const FAMILY_NAMES = words(`
Abenwood Adeyfield Akerholm Alderwick Amberley-Oyo Anstrow Appledore Arkenstone Ashgrove Averill-Khan Badgerow Balewa-Finch Barnabo Battersmoor Beckinghale
Bellwether Birchanger Blythewood Bojangi Bracewater Brambling Bridewater Brookstone Burrowdale Butterwick Calderfoss Candlish-Rao Carrowmore Chakrafield Chesterbee Clavering-Obi
Cloverdale Coldstream Copperfold Corvanne Cowslip Crabtree-Sen Cranesbill Crossleigh Daffern Dandelow Darrowby Delacombe Desai-Thorne Dovecote Draywater
Duskwood Eaglemere Eastwether Edelbrook Elderbrook Elmsbury Emberton-Cho Fairwater Falconbridge Farrowdale Featherstow Fennimoor Fernhollow Fieldfare Finchwater Flintlow
Foxbarrow Frostwick Galbrook Garrowby Gladwater Goldencroft Goosander Greenhalf Grovesend Hadjibrook Halfpenny-Roy Hareholm Harrowmead Hartsease Hawkswater Hazelgrove-Ali Heatherlow
Hedgerow Hollowmere Honeybourne Inglewater Ironbridge-Das Islamoor Ivybridge Jacandal Junipere Kestrelow Kingswater Kowalfield Lapwing Larkfold Lindenmoor Longstaffe-Wu
Maplewick Marigold-Iqbal Marshwether Meadowcroft-Lin Merriwater Millbrooke Moonraker Mosswater Nettlefold Nightwater Nowakhurst Oakenfull Okaforde Olivebank Otterbourne Owlswick
Partridow Patelford Pebblewick Pennywater Plumtree Quillfeather Ravensmoor Redfernley Rookwater Rosenbloome Rushwater Saltersbrook Sandpiper Shepherdale Silverlock Singhmoor Sparrowhall
Starwether Stonecrop Swallowdale Tamarisk Thistlewood-Ng Thornapple Tumbleholm Underhay Valleywater Violetta Wagtail Waterhouse-Ode Weatherall-Qi Whimbrel Willowby Winterbourne-Ba Yarrowdale Zephyrine
`);

export const personName = (random: Random): { readonly firstName: string; readonly familyName: string } => ({
  firstName: random.pick(FIRST_NAMES),
  familyName: random.pick(FAMILY_NAMES),
});
