"""Words that take a side, and words for numbers and harm, per language of a statement.

Data, in one place: whoever knows a language better mends it here. Each line is a stem with its
endings, as a regular expression over whole words; matching ignores case and Arabic vowel signs, and
Arabic is written here with a plain alef.
"""

from __future__ import annotations

# An Arabic word may carry these before and after it.
AR_BEFORE = r"(?:[وف])?(?:[بكل])?(?:ال|لل)?"
AR_AFTER = r"(?:ة|ات|ون|ين|ان|ي|ية|يا|يين|يون|ه|ها|هم|وا|ت|ا)?"

LOADED: dict[str, str] = {
    "en": r"""
        massacr(?:e[ds]?|ing) | slaughter(?:s|ed|ing)? | butcher(?:s|ed|ing|y)? | bloodbath
        carnage | atrocit(?:y|ies) | barbar(?:ic|ous|ity|ism|ians?) | savage(?:s|ly|ry)?
        brutal(?:ly|ity)? | horrific(?:ally)? | heinous | cowardly | evil | innocents?
        murder(?:s|ed|ing|ers?|ous)? | execut(?:e[ds]?|ing|ions?) | genocid(?:e|al)
        terroris(?:ts?|m) | extremists? | thug(?:s|gery)? | mercenar(?:y|ies) | puppets?
        regimes? | juntas? | occupiers? | so-called | liberat(?:e[ds]?|ing|ion|ors?)
        martyr(?:s|ed|dom)? | heroic(?:ally)? | neutrali[sz](?:e[ds]?|ing)
        collateral\s+damage | ethnic\s+cleansing
    """,
    "fr": r"""
        massacr(?:es?|er|ent|ées?|és?) | boucheries? | tueries? | carnages? | bains?\s+de\s+sang
        atroces? | atrocement | atrocités? | barbar(?:es?|ie) | sauvage(?:s|ment|rie)?
        brutal(?:e|es|ement)? | brutaux | ignobles? | lâche(?:s|ment)? | innocent(?:e|s|es)?
        assassin(?:s|ats?|er|ent|ées?|és?)? | exécut(?:er|ent|ées?|és?|ions?)
        génocid(?:es?|aires?) | terroris(?:tes?|me) | extrémistes? | mercenaires? | fantoches?
        régimes? | juntes? | occupants? | soi-disant | prétendu(?:e|s|es|ment)? | libérateurs?
        martyr(?:e|s|es|isées?|isés?)? | héroïque(?:s|ment)? | neutralis(?:er|ent|ées?|és?)
        dommages?\s+collatéra(?:l|ux) | nettoyages?\s+ethniques?
    """,
    "ar": r"""
        مجزر | مجازر | مذبح | مذابح | ذبح | ابادة | ارهاب | متطرف | مرتزق | عصاب | همجي | بربري
        وحشي | نكراء | الطغم | طغم | زمرة | عملاء | خون | شهيد | شهداء | استشهد | مزعوم | بطولي
        جبان | ابرياء | اعدم | اعدام | ميليشي | مليشي | تصفي
    """,
}
# “النظام” is a regime; without the article it is any system.
EXACT = {"ar": r"(?:[وف])?(?:بالنظام|النظام|للنظام) | ما\s+يسم[يى] | حمام\s+دم | تطهير\s+عرقي"}

NUMBERS: dict[str, str] = {
    "en": r"""
        two | three | four | five | six | seven | eight | nine | ten | eleven | twelve
        thirteen | fourteen | fifteen | sixteen | seventeen | eighteen | nineteen
        (?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?
        hundreds? | thousands? | millions? | dozens? | scores
    """,
    "fr": r"""
        deux | trois | quatre | cinq | six | sept | huit | neuf | dix | onze | douze | treize
        quatorze | quinze | seize
        (?:dix|vingt|trente|quarante|cinquante|soixante|quatre-vingts?)(?:-[a-z-]+)?
        cents? | mille | milliers? | millions? | dizaines? | douzaines? | vingtaines? | centaines?
    """,
    "ar": r"""
        اثنان | اثنين | اثنا | اثني | ثلاث | ثلاثة | اربع | اربعة | خمس | خمسة | ست | ستة | سبع
        سبعة | ثماني | ثمانية | تسع | تسعة | عشر | عشرة | عشر(?:ون|ين|ات) | ثلاث(?:ون|ين)
        اربع(?:ون|ين) | خمس(?:ون|ين) | ست(?:ون|ين) | سبع(?:ون|ين) | ثمان(?:ون|ين) | تسع(?:ون|ين)
        مئة | مائة | مئتا | مئتي | مئات | الف | الاف | مليون | ملايين
    """,
}

# What happened to people.
HARM: dict[str, str] = {
    "en": r"""
        kill(?:s|ed|ing)? | dead | die[ds]? | dying | deaths? | fatalities | casualties
        wound(?:s|ed|ing)? | injur(?:e[ds]?|ing|ies) | hurt | missing | disappeared
        detain(?:s|ed|ing)? | arrest(?:s|ed)? | abduct(?:s|ed)? | kidnap(?:s|ped)?
        displac(?:e[ds]?|ing) | murder(?:s|ed)? | execut(?:e[ds]?|ions?) | massacred | slaughtered
        shot | fled | perished
    """,
    "fr": r"""
        tu(?:er|é|és|ée|ées|ent|ant) | morts? | mortes? | décédée?s? | décès | victimes?
        bless(?:er|é|és|ée|ées|ent)
        disparue?s? | déten(?:u|us|ue|ues) | arrêt(?:er|é|és|ée|ées|ent) | enlev(?:é|és|ée|ées)
        déplac(?:é|és|ée|ées|er) | exécut(?:é|és|ée|ées) | assassin(?:é|és|ée|ées)
    """,
    "ar": r"""
        قتل | قتلت | قتلوا | قتلي | قتلى | قتيل | قتيلا | مقتل | اصيب | اصابة | جرح | جرحي | جرحى
        جريح | جريحا
        مصاب | مصابين | وفاة | مات | ضحايا | فقد | مفقود | مفقودين | مفقودا | اعتقل
        معتقل | معتقلين
        اعتقال | نزح | نازح | نازحين | مختطف | خطف | اعدم
    """,
}

# Whom a number counts.
PEOPLE: dict[str, str] = {
    "en": r"""
        people | persons? | civilians? | man | men | woman | women | child | children | boys?
        girls? | bab(?:y|ies) | soldiers? | troops | fighters? | militants? | combatants? | rebels?
        villagers? | passengers? | protesters? | workers? | journalists? | prisoners? | hostages?
        officers? | police | victims? | refugees? | residents? | students? | patients? | members
        others | bodies
    """,
    "fr": r"""
        personnes? | gens | civile?s? | hommes? | femmes? | enfants? | garçons? | filles? | bébés?
        soldats? | militaires? | combattante?s? | rebelles? | villageois | passagers?
        manifestante?s? | ouvriers? | journalistes? | prisonniers? | otages? | policiers?
        réfugiée?s? | habitante?s? | élèves? | étudiante?s? | patients? | membres | autres | corps
    """,
    "ar": r"""
        شخص | شخصا | اشخاص | مدني | مدنيا | مدنيين | مدنيون | رجل | رجلا | رجال | امراة | نساء | طفل
        طفلا | اطفال | جندي | جنديا | جنود | مقاتل | مقاتلا | مقاتلين | ركاب | صحفي | صحفيين | سجناء
        رهائن | شرطي | لاجئ | لاجئين | طالب | طلاب | اخرين
    """,
}

# What may stand between "killed" and its number.
QUALIFIERS: dict[str, str] = {
    "en": "at | least | most | more | less | fewer | than | about | around | some | over | up | to"
    " | nearly | almost | only | as | many | a | the | another",
    "fr": "au | moins | plus | de | environ | près | quelque | jusqu | à | une | des | les",
    "ar": "ما | لا | يقل | عن | نحو | حوالي | اكثر | من | اقل | علي | على | الاقل | قرابة | زهاء",
}
