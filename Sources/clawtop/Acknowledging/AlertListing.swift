// AlertListing: `clawtop alerts`: what running clawtops see, and what the store knows of it.
import AlertStores
import Events
import Panes
import Wording
import WorldModel

/// One or more stores' alerts as text or JSON.
struct AlertListing {
    let views: [StoreView]
    /// With what is resolved, and the history of each alert.
    let showsAll: Bool

    var json: String {
        JSONText.array(views.flatMap { view in view.alerts.map { json($0, view) } }).text + "\n"
    }

    var text: String {
        // Of a demo that runs only what it sees is of interest, not what the other store lacks.
        let telling = views.count > 1 ? views.filter { !$0.alerts.isEmpty } : views
        return (telling.isEmpty ? Array(views.prefix(1)) : telling).map { text($0) }
            .joined(separator: "\n")
    }

    /// What the list lacks, a sentence each: for standard error.
    var warnings: [String] {
        views.flatMap { view in
            let isUnseen = view.observers == 0 && !view.alerts.isEmpty
            return
                (isUnseen
                ? ["no clawtop is running: this is what \(view.store.address) remembers"] : [])
                + view.remarks
                + (view.unsaid > 0
                    ? ["\(counted(view.unsaid, "alert")) more were seen than could be told"] : [])
        }
    }

    private func json(_ alert: AlertRecord, _ view: StoreView) -> JSONText {
        let seen = view.sightings[alert.fingerprint]
        let ledger = view.world.book.ledgers[alert.fingerprint]
        let broken = view.world.book[alert.fingerprint]?.broken(at: view.world.now)
        return .alert(
            alert, in: view.world, evaluated: seen?.sighting.evaluated,
            hasNoData: alert.state != .resolved && seen?.sighting.hasNoData ?? true,
            more: [
                ("age_seconds", seen.map { .seconds(view.world.now - $0.sighting.evaluated) }),
                ("observer", seen.map { .string($0.observer) }),
                ("resolved", alert.resolved.map(JSONText.moment)),
                ("broken", broken.map { .string($0.reason.words) }),
                (
                    "history",
                    showsAll ? .array((ledger?.entries ?? []).map(JSONText.entry)) : nil
                ),
            ])
    }

    private func text(_ view: StoreView) -> String {
        let address = view.store.address
        guard !view.alerts.isEmpty else { return "no alerts in \(address)".harmless + "\n" }
        let lines = aligned(view.alerts.map { row($0, view) })
        let title =
            "\(counted(view.alerts.count, "alert")) in \(address): \(tally(view.world.alerts))"
            .harmless
        guard showsAll else { return ([title] + lines).joined(separator: "\n") + "\n" }
        let told = zip(view.alerts, lines).flatMap { alert, line in [line] + history(alert, view) }
        return ([title] + told).joined(separator: "\n") + "\n"
    }

    /// As in `1 firing, 1 acknowledged, 2 muted`: each alert is counted once.
    private func tally(_ alerts: Alerts) -> String {
        let resolved = alerts.all.count - alerts.open.count
        return [
            (alerts.firing, "firing"), (alerts.acknowledged, "acknowledged"),
            (alerts.muted, "muted"), (alerts.pending, "pending"), (resolved, "resolved"),
        ].filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }.joined(separator: ", ")
    }

    private func row(_ alert: AlertRecord, _ view: StoreView) -> [String] {
        let now = view.world.now
        let labels = alert.labels.dropping(["alertname", "severity"]).pairs
        return [
            alert.name, alert.state.rawValue, alert.severity.rawValue,
            labels.map { "\($0.name)=\($0.value)" }.joined(separator: " "),
            since(alert, now), owner(alert, view), seen(alert, view),
            alert.annotations["summary"],
        ]
    }

    private func since(_ alert: AlertRecord, _ now: Instant) -> String {
        if alert.state == .resolved, let resolved = alert.resolved {
            return "\(age(milliseconds: (now - resolved).milliseconds)) ago"
        }
        return "for \(age(milliseconds: (now - alert.begin).milliseconds))"
    }

    /// Who has it, or why nobody has it any more, and who muted it.
    private func owner(_ alert: AlertRecord, _ view: StoreView) -> String {
        let (standing, now) = (view.world.book[alert.fingerprint], view.world.now)
        let owner = standing?.hold(at: now)?.words(at: now)
        let broken = standing?.broken(at: now).map { "\($0.owner)'s: \($0.reason.words)" }
        let mute = alert.mute.flatMap(view.world.book.mute)
            .map { "muted by \($0.by) until \(moment($0.until, at: now)): \($0.comment)" }
        let suppressed = alert.suppression.map { "\($0.word) by its Alertmanager" }
        let words = [owner ?? broken, mute, suppressed].compactMap(\.self)
        return words.isEmpty ? "–" : words.joined(separator: "; ")
    }

    private func seen(_ alert: AlertRecord, _ view: StoreView) -> String {
        guard alert.state != .resolved else { return "" }
        guard let seen = view.sightings[alert.fingerprint] else { return "not evaluated now" }
        let age = age(milliseconds: (view.world.now - seen.sighting.evaluated).milliseconds)
        return "evaluated \(age) ago" + (seen.sighting.hasNoData ? ", no data" : "")
    }

    private func history(_ alert: AlertRecord, _ view: StoreView) -> [String] {
        (view.world.book.ledgers[alert.fingerprint]?.entries ?? []).map { entry in
            let at = entry.at.timestamp
            return "      \(at)  \(entry.words(at: view.world.now))".harmless.short
        }
    }
}
