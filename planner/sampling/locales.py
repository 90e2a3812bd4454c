"""Names by country for the sample book. Every company and person here is invented.

A word is written as it stands on a screen; ``native|latin`` adds how an address would spell it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Locale:
    """What names of one country are made of.

    ``pattern`` builds a company from {stem}, {trade} and {form}; ``person`` orders {first} and
    {last}. ``phone`` is a range kept free for fiction, ``#`` being digits, or empty.
    ``glad`` and ``cross`` are what people there say when things go well or badly.
    """

    country: str
    language: str
    share: int
    pattern: str
    person: str
    phone: str
    stems: tuple[str, ...]
    trades: tuple[str, ...]
    forms: tuple[str, ...]
    cities: tuple[str, ...]
    first: tuple[str, ...]
    last: tuple[str, ...]
    glad: tuple[str, ...]
    cross: tuple[str, ...]


def words(text: str) -> tuple[str, ...]:
    """The words of a text; ``_`` stands for a space inside one."""
    return tuple(word.replace("_", " ") for word in text.split())


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text that are not empty."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


SWEDEN = Locale(
    "SE", "sv", 6, "{stem} {trade} {form}", "{first} {last}", "+46 70 174 06 ##",
    words("Älvstrand Granvik Solkulla Björkmark Östanvind Tallhed Kvarnlyckan Norrsken_& Lingonmo"
          " Hjortvik Stenbäcken Åkerlunda Vinterhamn Fyrskär Rönnholm Måsudden"),
    words("Livs Frakt Bygg Energi Optik Möbler Data Verkstad Vård Textil"),
    words("AB AB HB"),
    words("Malmö Gävle Växjö Umeå Örebro Kalmar"),
    words("Astrid Björn Cecilia Elsa Gustav Håkan Ingrid Johan Karin Linnéa Måns Nils Sofia Åke"),
    words("Ahlgren Bergqvist Dahlström Edlund Forsgren Hallberg Lindvall Nyman Rosén Sjöholm"
          " Törnqvist Wikander Öhman"),
    lines("""
        Det här fungerar bättre än vi vågade hoppas.
        Ni svarar snabbt, det märks."""),
    lines("""
        Tredje gången samma fel, det håller inte.
        Vi tappar förtroendet om det inte rättas nu."""),
)  # fmt: skip
FINLAND = Locale(
    "FI", "fi", 6, "{stem} {trade} {form}", "{first} {last}", "",
    words("Hallakorpi Koivuranta Tähtilampi Pohjantuuli Kaislasuo Mäntykallio Revonsaari Usvajoki"
          " Haukkaniemi Kuutamo Sammalharju Yöpuro Lumikko Järvenselkä"),
    words("Puu Logistiikka Elintarvike Terveys Kone Energia Kaluste Rakennus Tekniikka Kirjat"),
    words("Oy Oy Osk"),
    words("Tampere Oulu Turku Kuopio Vaasa Joensuu"),
    words("Aino Eero Hanna Iida Jukka Kaisa Lauri Maija Niilo Outi Päivi Riku Sanni Väinö"),
    words("Aaltonen Hakkarainen Jääskeläinen Kettunen Lehtomäki Mäkisalo Nurminen Pöyhönen"
          " Rautiainen Salmela Tiainen Yli-Koski"),
    lines("""
        Tämä on sujunut todella hyvin.
        Olette helppo kumppani, kiitos siitä."""),
    lines("""
        Emme saa vastauksia ajoissa.
        Sama virhe toistuu joka viikko."""),
)  # fmt: skip
DENMARK = Locale(
    "DK", "da", 4, "{stem} {trade} {form}", "{first} {last}", "",
    words("Bøgelund Klitgården Strandmosen Æblehaven Fjordblik Havgaard Lærkevang Rugmark Søbakken"
          " Tjørneby Vesterhede Ørnsø"),
    words("Mejeri Shipping Møbler Vind Apotek Byg Gartneri Maskiner Tryk Fisk"),
    words("A/S ApS ApS"),
    words("Aarhus Odense Esbjerg Randers Kolding Vejle"),
    words("Anders Bodil Freja Henrik Ida Jens Kirsten Lærke Mads Nanna Rasmus Søren Tove"),
    words("Balslev Damgård Fogh Højbjerg Krogh Lassen Mølgaard Østergaard Rask Skovsen Thygesen"),
    lines("Det kører bare. Sådan skal det være."),
    lines("Vi har ventet for længe på et svar."),
)  # fmt: skip
NORWAY = Locale(
    "NO", "nb", 4, "{stem} {trade} {form}", "{first} {last}", "",
    words("Fjellheim Gråsteinvik Havørn Isbreen Kaldnes Lyngøy Nordbekk Skjærgård Snøtind Torvmyr"
          " Vågsund Østfonn"),
    words("Sjømat Energi Bygg Frakt Helse Mekanikk Sport Rederi Papir Optikk"),
    words("AS AS ASA"),
    words("Bergen Tromsø Bodø Ålesund Stavanger Hamar"),
    words("Arne Berit Eirik Gro Håvard Ingeborg Kjersti Lars Marte Ola Ragnhild Sindre Øyvind"),
    words("Aasen Bråten Engebretsen Fossum Grønli Haugland Kvamme Myhre Nesheim Rønning Sæther"),
    lines("Dere leverer det dere lover."),
    lines("Dette kan vi ikke forsvare for styret."),
)  # fmt: skip
GERMANY = Locale(
    "DE", "de", 7, "{stem} {trade} {form}", "{first} {last}", "+49 30 23125 ###",
    words("Ahrenfels Birkenau_& Donnersbach Eichgrund Finkenwerth Grünhagen Hohenlinde Kieselbach"
          " Lindenau_& Mühlenhöfer Quellental Rothweiler Sägebrecht Tannrode Weißbrunn Zollhöver"),
    words("Maschinenbau Logistik Pharma Feinkost Werkzeuge Verpackung Medizintechnik Holzbau"
          " Elektronik Verlag"),
    words("GmbH GmbH AG KG"),
    words("Kassel Jena Münster Lübeck Görlitz Würzburg"),
    words("Anke Bernd Dörte Elke Florian Gülcan Heike Jürgen Katrin Lutz Marlene Ralf Sören Ute"),
    words("Bäumler Dreyer Eisenhauer Fröhlich Göbel Hübschmann Kästner Lüders Mönnich Pfaff"
          " Reinhold Strauß Weidlich"),
    lines("""
        Endlich ein Lieferant, der zurückruft.
        Das Team ist sehr zufrieden mit der Einführung."""),
    lines("""
        So können wir das im Vorstand nicht vertreten.
        Wir warten seit zwei Wochen auf eine Antwort."""),
)  # fmt: skip
TURKEY = Locale(
    "TR", "tr", 6, "{stem} {trade} {form}", "{first} {last}", "",
    words("Akçınar Beyazköprü Çamlıbel Doruktepe Gümüşhan Ilgaz Işıkova İncirlik Karatuğ Mavişehir"
          " Özpınar Söğütözü Şafakyıldız Uluçay Yeşilvadi"),
    words("Tekstil Gıda Lojistik Makine Sağlık Enerji Mobilya Seramik Yazılım Turizm"),
    words("A.Ş. A.Ş. Ltd._Şti."),
    words("İzmir Bursa Eskişehir Gaziantep Muğla Kayseri"),
    words("Ayşe Barış Çağla Deniz Emre Gökçe Hülya İpek Kerem Nilüfer Oğuz Özlem Selin Şule Tuğba"
          " Yiğit"),
    words("Acar Bozkurt Çetinkaya Doğan Erdoğdu Güneş Işık İnal Korkmaz Öztürk Sarıoğlu Şimşek"
          " Türkmen Ünlü Yıldırım"),
    lines("""
        Ekibiniz bize çok yardımcı oldu, teşekkürler.
        İlk defa zamanında rapor alıyoruz."""),
    lines("""
        Aynı siparişi üçüncü kez soruyorum.
        Fatura yine yanlış geldi, çözün lütfen."""),
)  # fmt: skip
IRAN = Locale(
    "IR", "fa", 3, "{trade} {stem}", "{first} {last}", "",
    words("نیلوفر|nilufar آسمان|aseman سپیدار|sepidar باران|baran چکاوک|chakavak دماوند|damavand"
          " زاگرس|zagros گلستان|golestan پرستو|parastu یلدا|yalda کهکشان|kahkeshan مهتاب|mahtab"),
    words("بازرگانی|trading صنایع|industries پخش|distribution داروسازی|pharma نساجی|textile"
          " انتشارات|publishing فرش|carpets فناوری|technology"),
    ("",),
    words("اصفهان|isfahan شیراز|shiraz تبریز|tabriz یزد|yazd"),
    words("آرش|arash بهار|bahar پریسا|parisa حمید|hamid رویا|roya سارا|sara کاوه|kaveh لیلا|leila"
          " مهسا|mahsa نادر|nader یاسمن|yasaman"),
    words("احمدی|ahmadi بهرامی|bahrami جعفری|jafari رستمی|rostami زمانی|zamani شریفی|sharifi"
          " فرهادی|farhadi کریمی|karimi نیک‌نام|niknam یزدانی|yazdani"),
    lines("از پشتیبانی شما خیلی راضی هستیم."),
    lines("این مشکل برای بار سوم پیش آمده است."),
)  # fmt: skip
JAPAN = Locale(
    "JP", "ja", 3, "{form}{stem}{trade}", "{last} {first}", "",
    words("あおぞら|aozora みどりの|midorino 北星|hokusei 青葉台|aobadai 白樺|shirakaba"
          " 千鳥|chidori 若草|wakakusa 瑞穂野|mizuhono 夕凪|yunagi 松風|matsukaze 山吹|yamabuki"),
    words("物流|logistics 食品|foods 精機|seiki 製薬|pharma 電子|denshi 繊維|textile 建設|kensetsu"
          " 出版|publishing"),
    words("株式会社| 合同会社|"),
    words("札幌|sapporo 仙台|sendai 金沢|kanazawa 福岡|fukuoka"),
    words("葵|aoi 大輔|daisuke 恵|megumi 花子|hanako 健|ken 麻衣|mai 直樹|naoki 桜|sakura"
          " 拓也|takuya 由美|yumi"),
    words("秋山|akiyama 藤田|fujita 橋本|hashimoto 石井|ishii 加藤|kato 村上|murakami 西田|nishida"
          " 岡本|okamoto 高木|takagi 吉川|yoshikawa"),
    lines("いつも迅速なご対応に感謝しております。"),
    lines("同じ不具合が続いており、困っています。"),
)  # fmt: skip
SPAIN = Locale(
    "ES", "es", 5, "{trade} {stem} {form}", "{first} {last}", "",
    words("Almendral Brisamar Campoluz Duero_Alto Encinar Fuentefría Guadamar Higueral Lomaverde"
          " Peñarrubia Ribazo Valdeniebla Zarzuelo Ñandubay"),
    words("Aceites Transportes Cerámicas Bodegas Clínicas Energías Conservas Imprenta Calzados"
          " Viveros"),
    words("S.L. S.L. S.A."),
    words("Málaga Gijón Zaragoza Logroño Cádiz León"),
    words("Álvaro Begoña Carmen Diego Elena Íñigo Lucía Nuria Óscar Pilar Rubén Teresa Víctor"),
    words("Aguirre Benítez Castaño Domínguez Echeverría Fuentes Ibáñez Muñoz Ortuño Peña Quiroga"
          " Zúñiga"),
    lines("""
        El equipo está encantado con el cambio.
        Por fin tenemos los datos a tiempo."""),
    lines("""
        Llevamos diez días sin respuesta.
        Si sigue así, no renovamos."""),
)  # fmt: skip
EMIRATES = Locale(
    "AE", "ar", 3, "{trade} {stem}", "{first} {last}", "",
    words("الواحة|alwaha الساحل|alsahel النخيل|alnakheel الريحان|alrayhan اللؤلؤة|allulua"
          " الصحراء|alsahra المرجان|almurjan الفجر|alfajr السدرة|alsidra الأفق|alufuq"),
    words("أغذية|foods شحن|shipping طاقة|energy مفروشات|furniture أدوية|pharma تقنيات|technology"
          " طباعة|printing عطور|perfumes"),
    ("",),
    words("دبي|dubai الشارقة|sharjah العين|alain عجمان|ajman"),
    words("أحمد|ahmad جميلة|jamila حسن|hasan خديجة|khadija رانيا|rania سليم|salim فاطمة|fatima"
          " كريم|karim ليلى|layla يوسف|yusuf"),
    words("البستاني|albustani الحداد|alhaddad الخطيب|alkhatib الزهراني|alzahrani العطار|alattar"
          " الفارس|alfares القاسم|alqasim النجار|alnajjar"),
    lines("الفريق متعاون جدا ونحن راضون عن النتيجة."),
    lines("ما زلنا ننتظر الرد منذ أسبوع."),
)  # fmt: skip
BRITAIN = Locale(
    "GB", "en", 5, "{stem} {trade} {form}", "{first} {last}", "+44 1632 960 ###",
    words("Ashcombe Bramley_Fold Copperfield_& Dunlin Elmstead Foxholt Gorsebank Heathersett"
          " Kestrel_Moor Larkhill Millbeck Pennywell Quarry_Lane Wrenfield"),
    words("Foods Freight Optics Joinery Energy Dental Press Brewing Textiles Instruments"),
    words("Ltd Ltd plc LLP"),
    words("Leeds Bristol Exeter Dundee Swansea Derby"),
    words("Amara Callum Daphne Edwin Farah Gareth Harriet Isla Kwame Nadia Owen Priya Rhys Zoë"),
    words("Adeyemi Barlow Cartwright Dosanjh Eastwood Fairbairn Gallagher Holloway Ingleby"
          " Mensah O'Rourke Pemberton Sandhu"),
    lines("""
        Best rollout we have had in years.
        Your people actually pick up the phone."""),
    lines("""
        I chase the same order twice a week.
        If January looks like this we will not sign."""),
)  # fmt: skip
FRANCE = Locale(
    "FR", "fr", 4, "{trade} {stem} {form}", "{first} {last}", "+33 1 99 00 ## ##",
    words("Aubépine Beaurivage Chênelière d'Ambreval Églantine Fontcouverte Grand-Pré Hirondelle"
          " Longchêne Montbrun Orme_Vert Val_d'Arce"),
    words("Laiteries Messageries Papeterie Ateliers Pharmacie Vergers Fonderie Éditions Optique"
          " Maison"),
    words("SARL SAS SA"),
    words("Nantes Angers Besançon Nîmes Orléans Pau"),
    words("Agnès Benoît Chloé Désiré Élodie François Gaëlle Hervé Inès Loïc Maël Noémie Zélie"),
    words("Arnoux Besnard Charpentier Delcourt Estève Faucheux Guérin Lefrançois Mérieux Noël"
          " Peltier Vasseur"),
    lines("Nous sommes ravis de la mise en place."),
    lines("La promesse de mars n'a toujours pas été tenue."),
)  # fmt: skip
POLAND = Locale(
    "PL", "pl", 3, "{stem} {trade} {form}", "{first} {last}", "",
    words("Bursztynek Czapliniec Dębowiec Jarzębina Klonowa_Góra Leszczyna Łabędziów Modrzew"
          " Sokolnik Świerkowo Wrzosowisko Źródlany"),
    words("Meble Transport Zdrowie Szkło Narzędzia Druk Ogrody Optyka"),
    words("sp._z_o.o. S.A."),
    words("Łódź Gdynia Poznań Rzeszów Toruń"),
    words("Agnieszka Bartosz Dorota Grażyna Jacek Kinga Łukasz Małgorzata Paweł Stanisław Żaneta"),
    words("Błaszczyk Dąbrowski Gołębiewska Jabłoński Kaźmierczak Michalak Piątek Śliwa Wójtowicz"
          " Zając Żuraw"),
    lines("Wdrożenie poszło sprawniej, niż zakładaliśmy."),
    lines("Reklamacja wciąż bez odpowiedzi."),
)  # fmt: skip
NETHERLANDS = Locale(
    "NL", "nl", 4, "{stem} {trade} {form}", "{first} {last}", "",
    words("Ambachtsveer Boomkwartel Duinzicht Eikenrade Grutto Hoogwater Kanaalzicht Lindewaard"
          " Molenvliet Polderhoek Rietmeer Zeekraal"),
    words("Bloemen Vervoer Zuivel Optiek Techniek Meubels Zorg Scheepsbouw Druk Fietsen"),
    words("B.V. B.V. N.V."),
    words("Zwolle Breda Leiden Groningen Arnhem"),
    words("Bram Carlijn Daan Eefje Fenna Gijs Hanneke Joris Lotte Maarten Noor Sjoerd Wietske"),
    words("van_Aalst Boersma de_Graaf Dijkstra Hoekstra Kuipers van_der_Meer Noordhoek Postma"
          " Terpstra Veenstra"),
    lines("Jullie denken met ons mee, dat waarderen we."),
    lines("Er is drie keer gebeld en niemand weet ervan."),
)  # fmt: skip

LOCALES = (
    SWEDEN, FINLAND, DENMARK, NORWAY, GERMANY, TURKEY, IRAN, JAPAN, SPAIN, EMIRATES, BRITAIN,
    FRANCE, POLAND, NETHERLANDS,
)  # fmt: skip
