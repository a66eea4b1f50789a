"""What other systems and people call the columns that all counterparties have, beside our own three languages.

They are asked only where no field of the office is called so: a characteristic *ИНН* keeps its column. Facts of clients
are not among them, for their columns are refused to everybody else: whoever brings suppliers with a column *Category*
would be stopped by it. Nor is a bare *Address*: many systems write a whole letterhead into it, telephones included.
"""

from desk import text

OTHER_WORDS = {
    "code": "client code; customer code; customer no; customer number; supplier code; vendor code; account number; "
    "код на клиент; код на контрагент; код на доставчик; клиентски номер; код клиента; код контрагента; код поставщика",
    "name": "company; client; client name; customer; customer name; supplier; supplier name; vendor; account name; "
    "full name; legal name; клиент; контрагент; доставчик; име на клиент; име на контрагент; наименование на фирмата; "
    "поставщик; имя; имя клиента; наименование контрагента; полное наименование",
    "alias": "short name; display name; trade name; кратко име; търговско име; краткое наименование; краткое имя",
    "registration_number": "company id; company no; company reg no; registration no; reg no; reg number; eik; bulstat; "
    "еик; еик/булстат; еик / булстат; булстат; фирмен номер; еик/егн; инн; огрн; инн/огрн; рег номер; рег №",
    "vat_number": "vat; vat id; vat no; vat reg no; vat registration number; ддс; ддс №; ин по ддс; "
    "ин по зддс; идентификационен номер по ддс; ндс; инн ндс",
    "email": "e mail; mail; email address; e-mail address; contact email; ел поща; ел. поща; електронна поща; "
    "e-mail адрес; имейл адрес; почта; эл почта; эл. почта; электронная почта; адрес электронной почты",
    "phone": "tel; telephone; phone no; phone number; contact phone; work phone; тел; телефонен номер; тел номер; "
    "тел. номер; номер телефона; рабочий телефон",
    "mobile": "mobile phone; mobile no; mobile number; cell; cell phone; gsm; мобилен; мобилен номер; джиесем; моб; "
    "моб тел; моб. тел; сотовый; сотовый телефон; мобильный; номер мобильного телефона",
    "website": "web; web site; site; url; home page; homepage; web page; интернет страница; уеб; уеб страница; "
    "уеб сайт; веб сайт; веб-сайт",
    "country": "country code; код на държава; код на държавата; код страны",
    "company-line1": "street; street address; address line 1; address1; address 1; billing street; "
    "billing address street; улица; ул; улица и номер; улица и дом",
    "company-line2": "street2; street 2; address line 2; address2; address 2",
    "company-city": "town; city; city/town; town/city; billing city; billing address city; град; гр; населено място; "
    "град/село; село; город; населенный пункт; населённый пункт",
    "company-postal_code": "zip; zip code; zip/postal code; postal code; post code; postcode; billing zip; "
    "billing address postal code; пощенски код; п.к.; пк; индекс; почтовый индекс",
    "company-region": "region; province; county; област; регион; область",
    "delivery-line1": "shipping street; shipping address street; delivery street; ship to street",
    "delivery-city": "shipping city; shipping address city; delivery city; ship to city; град за доставка; "
    "город доставки",
    "delivery-postal_code": "shipping zip; shipping postal code; shipping address postal code; delivery postal code",
    "account-number": "iban; iban no; iban number; bank account; bank account number; bank account no; "
    "банкова сметка; сметка; номер на сметка; банковский счет; банковский счёт; расчетный счет; "
    "расчётный счёт; номер счета; номер счёта; р/с",
    "account-bic": "bic; bic code; swift; swift code; bic/swift; swift/bic; бик; свифт; бик банка",
    "account-bank": "bank; bank name; банка; име на банка; обслужваща банка; банк; название банка; наименование банка",
    "account-currency": "account currency; валута на сметката; валюта счета; валюта счёта",
    "comment": "comments; remark; remarks; description; забележка; забележки; описание; коментари; примечание; "
    "примечания; комментарии",
}
#: Signs that stand around a heading: *E-mail:*, *Name **, *Тел.*
AROUND = " .:*#"


def _bare(header: str) -> str:
    return text.key(header).strip(AROUND)


_FIELDS = {_bare(word): name for name, words in OTHER_WORDS.items() for word in words.split(";")}


def known_as(header: str) -> str:
    """The field that people elsewhere mean by this header, or nothing."""
    return _FIELDS.get(_bare(header), "")
