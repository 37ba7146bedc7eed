// Story: a world in which one alert lives, told event by event, and the lines that come of it.
import Events
import WorldModel

@testable import clawtop

struct Story {
    private var world = World()
    private var log = TransitionLog()
    private var now = noon
    private var revision: UInt64 = 0
    private(set) var ledger = AlertLedger(
        fingerprint: "00000000000000a1", name: "Slow",
        labels: Labels(["alertname": "Slow", "severity": "critical", "service": "payment"]))
    private(set) var lines: [String] = []

    init() { take(.started(SessionStart(environment: "shop", feeds: [], traceWindow: .zero))) }

    /// The events of the lines since the last call.
    mutating func events() -> [String] {
        defer { lines = [] }
        return lines.map { line in
            let rest = line.split(separator: "\"event\":\"").last ?? ""
            return String(rest.prefix { $0 != "\"" })
        }
    }

    mutating func pass(_ seconds: Int) {
        now = now + .seconds(seconds)
        take(.tick)
    }

    /// What the rules come to.
    mutating func alert(_ state: AlertState?) {
        let rule = RuleRecord(group: "g", file: "f", name: "Slow", expression: "slow > 1")
        let alert = state.map {
            AlertRecord(
                fingerprint: ledger.fingerprint, name: ledger.name, labels: ledger.labels,
                annotations: Labels(["summary": "it is slow"]), state: $0, value: 3, active: now,
                fired: $0 == .firing ? now : nil, resolved: $0 == .resolved ? now : nil,
                evaluated: now, rule: rule.id)
        }
        world.conclude(AlertReport(alerts: [alert].compactMap(\.self), rules: [rule]))
        look()
        // As the bookkeeper does.
        if state == .firing { write(.fired(value: 3)) }
        if state == .resolved { write(.resolved) }
    }

    /// The file of rules holds another rule instead.
    mutating func replaceRule() {
        let rule = RuleRecord(group: "g", file: "f", name: "Other", expression: "up == 0")
        world.conclude(AlertReport(alerts: [], rules: [rule]))
        look()
    }

    /// What stands in the store from now on.
    mutating func write(_ deed: LedgerEntry.Deed, by person: Person = ada) {
        revision += 1
        ledger.revision = revision
        ledger.entries.append(LedgerEntry(id: "\(revision)", at: now, by: person, deed))
        take(.store(.changed(ledgers: [ledger], mutes: [])))
    }

    mutating func acknowledge(for seconds: Int) {
        let until = now + .seconds(seconds)
        write(.acknowledged(Acknowledgement(until: until, note: "mine")), by: grace)
    }

    mutating func mute(for seconds: Int) {
        revision += 1
        let mute = Mute(
            id: "m", matchers: [LabelMatcher("service", "payment")], start: now,
            until: now + .seconds(seconds), by: grace, comment: "deploy", revision: revision)
        take(.store(.changed(ledgers: [], mutes: [mute])))
    }

    mutating func take(_ event: Event) {
        world.apply(Envelope(sequence: 0, at: now, event: event))
        look()
    }

    /// Another program looks at the same world.
    mutating func beginAnew() { (log, lines) = (TransitionLog(), []) }

    mutating func look(isLeading: Bool = false) {
        lines += log.take(world, isLeading: isLeading).map(\.line)
    }
}
