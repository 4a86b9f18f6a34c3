/// What customers in Europe write about, in the form of the Chinese topics.
extension Topic {
  static let english = Topic.list(
    """
    pay | checkout | bug | critical | Card payments are declined since this morning | Every card has been declined \
    since we opened. {n} customers have left without paying.
    pay | checkout | bug | critical | Checkout shows a blank page | The checkout is blank in Chrome and Safari. \
    Nobody can pay, order {order} is one of many.
    pay | checkout | bug | major | SEPA mandate is rejected without a reason | Order {order} was refused with "mandate \
    invalid" although the bank accepts it.
    pay | refund | bug | major | Partial refund books the full amount | We refunded {n} EUR of order {order}, and the \
    whole {amount} EUR went out.
    pay | refund | complaint | major | Third refund this month that never arrived | Order {order} again. Our customers \
    lose their trust in us, not in you.
    pay | settlement | question | minor | How are the scheme fees calculated? | The fees in the last statement went up \
    by {n} %. Where can we see how they are made up?
    pay | settlement | bug | minor | Statement PDF cuts off long shop names | Shop names beyond {n} characters are cut \
    off, the auditor complained.
    pay | settlement | request | minor | Statements in DATEV format | Our accountant types {n} lines a month by hand. \
    DATEV would save her a day.
    pay | checkout | request | minor | Please offer Bizum at the checkout | About {n} in a hundred customers ask for \
    Bizum.
    pay | checkout | praise | minor | One-click checkout raised our sales | Conversion is up {n} % since we switched \
    it on. Well done.
    ord | import | bug | critical | Import has doubled every order | Last night's import created {amount} duplicates. \
    The warehouse has stopped.
    ord | import | bug | major | CSV import rejects umlauts | Every order with an umlaut in the name is rejected, {n} \
    so far today.
    ord | shipping | bug | major | DHL labels carry the wrong postcode | The leading zero is missing, {n} parcels came \
    back.
    ord | shipping | bug | minor | Tracking link opens the old page | The link in the mail for {order} leads to last \
    year's tracking page.
    ord | stock | question | minor | Can we reserve stock per shop? | We run {n} shops from one warehouse and would \
    like to keep some stock apart.
    ord | stock | request | minor | Low stock alerts by shop | One alert for everything is too coarse for {n} shops.
    ord | shipping | request | minor | Colissimo pick-up points | French customers expect a map of pick-up points at \
    the checkout.
    ord | shipping | complaint | major | Split shipments go wrong again | This is complaint number {n} about split \
    shipments. When will it be fixed for good?
    ord | import | praise | minor | The new import wizard is a joy | {amount} orders moved over in one afternoon, no \
    errors.
    ins | dashboard | bug | major | Revenue on the dashboard is net, not gross | Since the update the tile shows \
    {amount} where finance has {n} % more.
    ins | dashboard | bug | minor | Date picker starts on Sunday | Weeks should start on Monday here, our weekly \
    figures are off.
    ins | export | bug | major | Export to Excel stops at 65,536 rows | The export is cut without a word, we noticed \
    {n} days later.
    ins | export | question | minor | What does the column adj_net mean? | We cannot find the column in the guide, and \
    {n} people rely on the export.
    ins | forecast | request | minor | Forecast by region | Madrid and Valencia sell very differently, one forecast \
    does not help.
    ins | dashboard | request | minor | Share a dashboard with people outside | Our franchise partners, {n} of them, \
    should see their own figures.
    ins | forecast | complaint | minor | The forecast missed the summer sale | It was {n} % too low and we ran out of \
    stock twice.
    ins | export | praise | minor | Scheduled exports just work | Every morning at seven, never failed in {n} weeks.
    app | login | bug | critical | Nobody can sign in on tablets | All {n} tablets in our shops show "session \
    expired". Sales have stopped.
    app | login | bug | minor | Face unlock asks for the PIN every time | Since the update face unlock works once, \
    then never again.
    app | scan | bug | major | Scanner reads EAN-8 as EAN-13 | {n} articles cannot be found when scanned, typing works.
    app | push | question | minor | Can alerts go to the shift lead only? | All {n} colleagues get every alert. Is \
    there a setting per role?
    app | scan | request | minor | Scan several labels at once | Competitors read a whole shelf, we scan {n} labels \
    one by one.
    app | push | complaint | minor | Alerts at night | My team is woken at {n} past three by stock alerts.
    app | login | praise | minor | Signing in by badge is great | It saves each of us {n} minutes a day.
    api | webhook | bug | critical | Webhooks return 502 since the release | {amount} orders did not reach our ERP. \
    We ship nothing until they do.
    api | webhook | bug | major | Events arrive out of order | "Paid" comes before "created" for order {order}, and \
    our import drops both.
    api | auth | question | minor | Which scopes does a reporting client need? | We would like to give {n} partners \
    read access only.
    api | limits | request | minor | Higher rate limit for the night batch | {amount} calls between one and two are \
    all that we need.
    api | limits | bug | minor | Retry-After is always zero | The header says 0, so the client hammers on and is \
    blocked for {n} minutes.
    api | auth | complaint | major | Signature change without notice | Production was down for {n} hours because the \
    signature changed over night.
    """)
}
