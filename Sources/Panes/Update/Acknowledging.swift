// Acknowledging: taking alerts, giving them back, noting and muting, with what is asked before.
import Drawing
import Events
import Wording
import WorldModel

extension UIState {
    mutating func acknowledging(_ command: Command, _ reach: Reach) -> [Intent] {
        let scene = scene(reach.world)
        let alerts = targets(scene)
        let isNobodyMeant = alerts.isEmpty && command != .mute && command != .mark
        if let reason = refusal ?? (isNobodyMeant ? "no alert is selected" : nil) {
            say(reason, isWarning: true, at: reach.world.now)
            return []
        }
        // What becomes of it moves it in the list: the next key is for the same row.
        let focused = page.focused(scene)
        if let row = page.lists[focused]?.current { page.lists[focused]?.selected = row }
        switch command {
        case .mark: mark(scene, reach)
        case .acknowledge: return acknowledge(alerts, reach)
        case .acknowledgeWith: type(.acknowledge, "", alerts, reach)
        case .note: type(.note, "", alerts, reach)
        case .mute: type(.mute, Self.matchers(of: alerts), alerts, reach)
        case .unacknowledge: return giveBack(alerts, reach)
        default: break
        }
        return []
    }

    /// The marked alerts, else the selected one, else what fires of the selected service.
    func targets(_ scene: Scene) -> [AlertRecord] {
        let list = page.lists[page.focused(scene)]
        let marked = list?.marked.flatMap(scene.alerts) ?? []
        if !marked.isEmpty {
            // One may be marked by itself and with its group.
            let byID = Dictionary(
                marked.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            return byID.values.sorted { $0.id < $1.id }
        }
        let selected = list?.current.map(scene.alerts) ?? []
        if !selected.isEmpty { return selected }
        if case .alert(let id) = place { return scene.world.alerts[id].map { [$0] } ?? [] }
        return selectedService(scene).map { Array(scene.world.alerts.firing(of: $0)) } ?? []
    }

    private mutating func mark(_ scene: Scene, _ reach: Reach) {
        let focused = page.focused(scene)
        guard var list = page.lists[focused], let row = list.current, !scene.alerts(row).isEmpty
        else { return }
        if list.marked.remove(row) == nil { list.marked.insert(row) }
        page.lists[focused] = list
        navigate(.move(.down), reach)
    }

    private mutating func type(
        _ kind: Prompt.Kind, _ text: String, _ alerts: [AlertRecord], _ reach: Reach
    ) {
        var prompt = Prompt(kind, text: text)
        prompt.subjects = alerts.map(\.id)
        typed(prompt, reach)
    }

    /// The labels that tell an alert from others; of several alerts what they share.
    private static func matchers(of alerts: [AlertRecord]) -> String {
        guard let first = alerts.first else { return "" }
        let shared = first.labels.pairs.filter { pair in
            pair.name != "severity" && alerts.allSatisfy { $0.labels[pair.name] == pair.value }
        }
        return shared.map { LabelMatcher($0.name, $0.value).description + " " }.joined()
    }

    /// Several at once, and what another one has, are asked for first.
    ///
    /// Without `text` each is held for as long as its rule allows.
    mutating func acknowledge(
        _ alerts: [AlertRecord], for text: HoldText? = nil, _ reach: Reach
    ) -> [Intent] {
        let (now, world) = (reach.world.now, reach.world)
        let firing = alerts.filter(\.state.isFiring)
        guard let first = firing.first else {
            let states = Set(alerts.map(\.state))
            let words =
                if states.contains(.pending) {
                    "it is pending, and can be acknowledged once it fires"
                } else if states.contains(.resolved) {
                    "it is resolved: there is nothing to acknowledge"
                } else {
                    "it is not known any more: there is nothing to acknowledge"
                }
            say(words, isWarning: true, at: now)
            return []
        }
        let theirs = firing.filter { alert in
            world.book[alert.fingerprint]?.hold(at: now).map { $0.by != viewer } ?? false
        }
        if firing.count == 1, let hold = world.book[first.fingerprint]?.hold(at: now),
            !theirs.isEmpty
        {
            mode = .asking(takeOver([first], hold, for: text, reach))
            return []
        }
        let others = Set(theirs.map(\.id))
        let ours = firing.filter { !others.contains($0.id) }
        guard !ours.isEmpty else {
            say("others have them: take them over one by one", isWarning: true, at: now)
            return []
        }
        let intents = orders(ours, text, takesOver: false, reach)
        guard ours.count > 1 else { return send(intents) }
        let rest = theirs.isEmpty ? "" : "; \(grouped(theirs.count)) that others have stay theirs"
        mode = .asking(
            Question(
                words: "acknowledge \(counted(ours.count, "alert"))\(rest)?",
                answers: [.init(key: "y", words: "yes", act: .intents(intents))]))
        return []
    }

    func takeOver(
        _ alerts: [AlertRecord], _ hold: AlertStanding.Hold, for text: HoldText? = nil,
        _ reach: Reach
    ) -> Question {
        let name = alerts.count == 1 ? alerts[0].name : counted(alerts.count, "alert")
        let note = hold.note.isEmpty ? "" : " (\(hold.note.oneLine.prefix(60)))"
        let age = (reach.world.now - hold.at).inWords
        var prompt = Prompt(.note)
        prompt.subjects = alerts.map(\.id)
        let intents = orders(alerts, text, takesOver: true, reach)
        return Question(
            words: "\(hold.by) has \(name) since \(age)\(note):",
            answers: [
                .init(key: "t", words: "take it over", act: .intents(intents)),
                .init(key: "c", words: "add a note", act: .type(prompt)),
            ])
    }

    /// One order for all that end at the same moment.
    private func orders(
        _ alerts: [AlertRecord], _ text: HoldText?, takesOver: Bool, _ reach: Reach
    ) -> [Intent] {
        let (now, policy) = (reach.world.now, reach.world.book.policy)
        let ends = Dictionary(grouping: alerts) { alert -> Instant? in
            guard let text else { return now + policy.expiry(of: alert.name) }
            return text.duration.map { now + $0 }
        }
        return ends.sorted { $0.value[0].id < $1.value[0].id }.map { end, alerts in
            .order(
                .acknowledge(until: end, note: text?.note ?? "", takesOver: takesOver),
                on: alerts.map(\.fingerprint))
        }
    }

    private mutating func giveBack(_ alerts: [AlertRecord], _ reach: Reach) -> [Intent] {
        let held = alerts.compactMap { alert in
            reach.world.book[alert.fingerprint]?.hold(at: reach.world.now).map { (alert, $0) }
        }
        guard let (first, hold) = held.first else {
            say("nobody has it", isWarning: true, at: reach.world.now)
            return []
        }
        let intents = [Intent.order(.unacknowledge, on: held.map(\.0.fingerprint))]
        let others = held.filter { $0.1.by != viewer }
        guard held.count > 1 || !others.isEmpty else { return send(intents) }
        let words =
            held.count == 1
            ? "\(hold.by) has \(first.name): give it back for them?"
            : "give \(grouped(held.count)) alerts back"
                + (others.isEmpty ? "?" : ", \(grouped(others.count)) of others?")
        mode = .asking(
            Question(words: words, answers: [.init(key: "y", words: "yes", act: .intents(intents))])
        )
        return []
    }

    /// Shows that the store is asked; ``answered(_:of:at:)`` ends it.
    mutating func send(_ intents: [Intent]) -> [Intent] {
        for case .order(_, let fingerprints) in intents { acking.formUnion(fingerprints) }
        unmark()
        return intents
    }

    private mutating func unmark() {
        for kind in page.lists.keys { page.lists[kind]?.marked = [] }
    }

    /// An answer's key does what it stands for; any other one leaves all as it is.
    mutating func answer(_ question: Question, _ key: Key) -> [Intent] {
        mode = .browsing
        guard case .character(let character) = key,
            let answer = question.answers.first(where: { $0.key == character })
        else { return [] }
        switch answer.act {
        case .intents(let intents): return send(intents)
        case .type(let prompt):
            mode = .typing(prompt)
            return []
        }
    }
}
