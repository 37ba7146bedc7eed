// DefaultRuleWorldTests: worlds told as events, and what the rules that come along make of them.
import Alerting
import DefaultRules
import Events
import Settings
import TestKit
import Testing
import WorldModel

@testable import Engine

struct DefaultRuleWorldTests {
    private static let order = FeedSource.usual[2].id
    private static let store = FeedSource.usual[1].id
    private let round = RuleRound { .zero }
    private var told = World()
    private var touched = Touched()

    init() {
        let start = SessionStart(
            environment: "", feeds: FeedSource.usual, traceWindow: .seconds(60))
        tell(0, .started(start))
        for feed in FeedSource.usual { tell(0, .answered(feed.id)) }
    }

    private mutating func tell(_ second: Int, _ event: Event) {
        told.apply(Envelope(sequence: 1, at: .second(second), event: event))
        touched.note(event)
    }

    private mutating func tick(_ seconds: ClosedRange<Int>) {
        for second in seconds {
            tell(second, .tick)
            _ = firing()
        }
    }

    /// The names of what fires now.
    private mutating func firing() -> Set<String> {
        let isNew = touched.isNew
        let rules = RuleFile.read(
            String(decoding: DefaultRules.yaml, as: UTF8.self), file: DefaultRules.file)
        let set = isNew ? RuleSet(groups: rules.groups) : nil
        if let report = round.take(RuleInbox.Work(world: told, touched: touched, rules: set)) {
            told.conclude(report)
        }
        touched.clear()
        return Set(told.alerts.all.filter { $0.state == .firing }.map(\.name))
    }

    private func sagas(_ states: SagaState..., named name: String = "order") -> Event {
        .sagas(
            Self.order,
            .changed(
                states.enumerated().map { number, state in
                    Saga(
                        id: "\(name)-\(number)", name: name, state: state, engineState: "x",
                        started: .second(1))
                }))
    }

    @Test mutating func `the first saga that fails fires, and one that had failed does not`() {
        tell(1, sagas(.running, .failed))
        #expect(firing().isEmpty)
        tick(2...20)
        #expect(firing().isEmpty)
        tell(21, sagas(.failed, .failed))
        #expect(firing() == ["CompensationFailing"])
    }

    @Test mutating func `a kind of saga of which the first one fails at once fires, too`() {
        tell(1, sagas(.running))
        tick(2...900)
        #expect(firing().isEmpty)
        tell(901, sagas(.failed, named: "refund"))
        #expect(firing() == ["CompensationFailing"])
        tick(902...1520)
        #expect(firing().isEmpty)
    }

    @Test
    mutating func `a reload has failed after five minutes of drift, whenever the key changed`() {
        tell(1, .listed("pay: a passing v41"))
        let entry = ConfigEntry(
            key: "config/pay/production", service: "pay", environment: "production", version: "42",
            label: "v42", digest: "d")
        tell(1, .config(Self.store, .listed([entry])))
        tick(2...290)
        #expect(firing() == ["ConfigDrift"])
        tick(291...330)
        #expect(firing() == ["ConfigDrift", "HotReloadFailed"])
    }
}
