"""What is tested of the page's accessibility by the tool's own tests, and what people must try."""

TESTED = (
    "Sidan prövas mot WCAG 2.2, nivå A och AA, av ett program i en riktig webbläsare.",
    "Det görs på exempelsidor i ljust och mörkt läge och på små och stora skärmar.",
    "Varje diagram har en text som säger vad det visar, och dess siffror finns i en tabell.",
    "Sidan går att använda med tangentbord, utan skript och utan internet.",
)
UNTESTED = (
    "Ingen människa har gått igenom just den här sidan med skärmläsare.",
    "Ett program hittar bara en del av alla brister.",
    "Kapitel som kommunen själv har lagt till är inte prövade.",
)
STATEMENT = (
    "{kommun} ansvarar för tillgängligheten och för en egen tillgänglighetsredogörelse. Fel "
    "anmäls till kommunen, så som redogörelsen säger."
)
