// Command: what a key, a click or the palette can ask for.
import Events

/// A move of the selection, or of the text that is read.
enum Move: Hashable, Sendable {
    case up, down, halfPageUp, halfPageDown, pageUp, pageDown, top, bottom
}

enum Command: Hashable, Sendable {
    case move(Move)
    /// Columns to the right; negative to the left.
    case shift(Int)
    case open, back, close, quit
    case suspend, redraw, refresh
    case palette, filter, help
    case match(forward: Bool)
    case section(forward: Bool)
    case view(View)
    case zoom, pause
    case sort(forward: Bool)
    case invert
    case sick(forward: Bool)
    /// A view of the selected service only.
    case about(View)
    /// The card of the selected service.
    case card
    case dependencies, changes, raw, copy, incidents
    case acknowledge, acknowledgeWith, unacknowledge, mute, note, mark, unmute
}

extension Command {
    /// The world that it is about: where nobody watches that, no hint names it.
    var world: WatchedWorld? {
        switch self {
        case .about(.traces), .dependencies: .traces
        case .about(.config): .config
        case .about(.sagas): .sagas
        default: nil
        }
    }
}

/// Where a key works; a binding is alive while its context holds.
enum KeyContext: String, CaseIterable, Sendable {
    case list = "in every list"
    case alertRow = "where an alert is selected, or a service with alerts"
    case muteRow = "where a mute is selected"
    case service = "where a service is selected"
    case nested = "on a page that was opened from another"
    case sections = "on a page with several lists"
    case text = "where one reads"
    case alert = "on the card of a service's alert"
    case overview = "on the overview"
    case otherPage = "on any other page"
    case anywhere = "everywhere"
    case demo = "in the demonstration"

    fileprivate var bit: UInt16 {
        switch self {
        case .list: 1 << 0
        case .alertRow: 1 << 1
        case .muteRow: 1 << 2
        case .service: 1 << 3
        case .nested: 1 << 4
        case .sections: 1 << 5
        case .text: 1 << 6
        case .alert: 1 << 7
        case .anywhere: 1 << 8
        case .demo: 1 << 9
        case .overview: 1 << 10
        case .otherPage: 1 << 11
        }
    }
}

/// The contexts that hold; asked for every binding at every key.
struct KeyContexts: Equatable, ExpressibleByArrayLiteral, Sendable {
    private var bits: UInt16 = 0

    init(arrayLiteral contexts: KeyContext...) {
        for context in contexts { insert(context) }
    }

    mutating func insert(_ context: KeyContext) { bits |= context.bit }

    func contains(_ context: KeyContext) -> Bool { bits & context.bit != 0 }
}
