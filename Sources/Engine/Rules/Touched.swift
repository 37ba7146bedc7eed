// Touched: which parts of the world's metrics events may have changed.
import Events
import WorldModel

/// Collected from event to event until somebody samples.
struct Touched: Sendable {
    struct FedScrape: Sendable {
        var feed: FeedID
        var event: MetricEvent
    }

    var parts: Set<MetricPart> = []
    /// What targets of metrics told, in order.
    var scrapes: [FedScrape] = []
    /// All services: the registry told its whole list.
    var allServices = false
    /// A session begins: nothing of before counts.
    var isNew = false

    /// Ages grow by themselves: once in this many ticks they are sampled.
    static let ticksBetweenAges = 5
    private var ticks = 0

    mutating func note(_ event: Event) {
        switch event {
        case .started: self = Touched(isNew: true)
        case .tick:
            ticks += 1
            if ticks % Self.ticksBetweenAges == 0 { parts.formUnion([.sagas, .feeds]) }
        case .feed: parts.insert(.feeds)
        case .registry(_, .listed):
            allServices = true
            parts.insert(.config)
        case .registry(_, .changed(let listings, let gone)):
            for listing in listings { parts.insert(.service(listing.service)) }
            for name in gone { parts.insert(.service(name)) }
            parts.insert(.config)
        case .config: parts.insert(.config)
        case .sagas: parts.insert(.sagas)
        case .traces(_, .observed(let spans, _)):
            for span in spans { parts.insert(.traces(service: span.service)) }
            parts.insert(.sagas)
        case .metrics(let feed, let event):
            scrapes.append(FedScrape(feed: feed, event: event))
        case .traces(_, .dependencies), .alerts, .store: break
        }
    }

    /// Forgets what was sampled, but not how many ticks have passed.
    mutating func clear() {
        (parts, scrapes, allServices, isNew) = ([], [], false, false)
    }
}
