// AlertOrders: `clawtop ack`, `unack` and `note`: an order for each alert that is meant.
import AlertStores
import Events
import Wording
import WorldModel

extension AlertDesk {
    /// Who acknowledges a moment too late is told so, and remembered by a note.
    private static let late = Duration.seconds(900)

    func acknowledge() async throws -> Outcome {
        guard options.length == nil || !options.holdsUntilClear else {
            throw Refusal("--for gives an end, --until-clear none; write one of them", .usage)
        }
        let choice = try AlertChoice(options.words)
        return try await carryOut("ack", on: choice) { view in
            let meant = view.ledgers(choice)
            let firing = meant.filter { view.standing($0).isFiring }
            let late = meant.filter { ledger in
                view.standing(ledger).resolved.map { now - $0 <= Self.late } ?? false
            }
            return firing.isEmpty ? late : firing
        } as: { ledgers in
            let length = options.length ?? plan.policy.expiry(of: ledgers.first?.name ?? "")
            return .acknowledge(
                until: options.holdsUntilClear ? nil : now + length, note: options.note,
                takesOver: options.takesOver)
        }
    }

    func giveBack() async throws -> Outcome {
        let choice = try AlertChoice(options.words)
        return try await carryOut("unack", on: choice) { view in
            view.ledgers(choice).filter { view.standing($0).isFiring }
        } as: { _ in
            .unacknowledge
        }
    }

    /// What fires is meant; where nothing does, what was resolved last.
    func note() async throws -> Outcome {
        let choice = try AlertChoice(options.words)
        return try await carryOut("note", on: choice, all: true) { view in
            let meant = view.ledgers(choice)
            let firing = meant.filter { view.standing($0).isFiring }
            let newest = meant.max {
                view.standing($0).resolved ?? .distantPast
                    < view.standing($1).resolved ?? .distantPast
            }
            return firing.isEmpty ? [newest].compactMap(\.self) : firing
        } as: { _ in
            .note(options.note)
        }
    }

    private func carryOut(
        _ command: String, on choice: AlertChoice, all: Bool = false,
        _ pick: (StoreView) -> [AlertLedger], as order: ([AlertLedger]) -> AlertOrder
    ) async throws -> Outcome {
        try mayWrite()
        let views = try await views(all: all)
        var outcomes: [OrderOutcome] = []
        for view in views {
            let ledgers = pick(view)
            guard !ledgers.isEmpty else { continue }
            let clerk = OrderClerk(view.store, as: person, policy: plan.policy)
            outcomes += try await clerk.carryOut(order(ledgers), on: ledgers, at: now)
        }
        guard !outcomes.isEmpty else { throw choice.refusal(of: views) }
        return OrderReport(command: command, outcomes: outcomes, policy: plan.policy, now: now)
            .outcome(format)
    }
}

extension StoreView {
    /// The alerts that are meant, in the same order each time.
    fileprivate func ledgers(_ choice: AlertChoice) -> [AlertLedger] {
        world.book.ledgers.values.filter(choice.matches).sorted { $0.title < $1.title }
    }

    fileprivate func standing(_ ledger: AlertLedger) -> AlertStanding {
        world.book[ledger.fingerprint] ?? AlertStanding()
    }
}
