// AlertGroupRow: alerts of one name in one row: how many, how bad, where, since when, whose.
import Drawing
import Events
import Wording
import WorldModel

struct AlertGroupRow {
    let scene: Scene
    let list: ListState

    init(_ scene: Scene, _ list: ListState) { (self.scene, self.list) = (scene, list) }

    func row(_ id: AlertGroup.ID) -> Row {
        let alerts = scene.world.alerts
        guard let group = alerts.group(id), let loudest = group.places.first.map({ alerts.all[$0] })
        else { return .gone("\(id.name.oneLine) is no group any more") }
        let isLoud = group.firing > 0
        let isMarked = list.marked.contains(.alerts(id))
        return Row(
            sign: isMarked ? Span(scene.glyphs.done, .key) : loudest.sign(scene.glyphs),
            isSick: isLoud && loudest.severity > .info,
            cells: [
                .text(loudest.severity.rawValue, isLoud ? loudest.severity.style : .muted),
                // The count first: it must not be cut off.
                .text("\(grouped(group.count))× \(id.name.oneLine)", isLoud ? .title : .muted),
                .text(place(group), isLoud ? .text : .muted),
                .spans(since(group)),
                .spans(owner(group)),
                .blank,
                .spans(sum(group)),
            ])
    }

    /// `957 services: svc-1, svc-2, svc-3, …`, which may be cut off anywhere.
    private func place(_ group: AlertGroup) -> String {
        let names = group.services.map(\.oneLine).joined(separator: ", ")
        guard group.serviceCount > 1 else { return names }
        let more = group.serviceCount > group.services.count ? ", …" : ""
        return "\(grouped(group.serviceCount)) services: \(names)\(more)"
    }

    /// `3s–4m12s`: from the newest to the oldest.
    private func since(_ group: AlertGroup) -> [Span] {
        let ages = [group.newest, group.oldest].map(scene.age)
        let words = ages[0] == ages[1] ? ages[0] : ages.joined(separator: "–")
        let isDoubted = scene.world.alerts.isDoubted(group, in: scene.world)
        return [Span(words, group.id.isResolved ? .muted : .text)]
            + (isDoubted ? [Span(", ", .muted), Span("no data", .progress)] : [])
    }

    /// `ana 12, bo 3`, `acking…`.
    private func owner(_ group: AlertGroup) -> [Span] {
        let isAsked =
            !scene.acking.isEmpty
            && group.places.contains { place in
                scene.acking.contains(scene.world.alerts.all[place].fingerprint)
            }
        if isAsked { return [Span("acking…", .progress)] }
        guard !group.owners.isEmpty else { return [Span("–", .faint)] }
        let words = group.owners.prefix(3).map { "\($0.user.oneLine) \(grouped($0.count))" }
        let more = group.owners.count > 3 ? " +\(group.owners.count - 3)" : ""
        return [Span(words.joined(separator: ", ") + more, .info)]
    }

    /// `40 critical · 905 warning · 12 acked · newest 3s ago`.
    private func sum(_ group: AlertGroup) -> [Span] {
        let loud = Severity.allCases.sorted(by: >).compactMap { severity in
            group.loudness[severity].map { count in
                [Span("\(grouped(count)) \(severity.rawValue)", severity.style)]
            }
        }
        func part(_ count: Int, _ word: String, _ style: Style) -> [Span] {
            count == 0 ? [] : [Span("\(grouped(count)) \(word)", style)]
        }
        return joined(
            loud + [
                part(group.acknowledged, "acked", .info), part(group.muted, "muted", .muted),
                part(group.pending, "pending", .progress),
                part(group.id.isResolved ? group.count : 0, "resolved", .muted),
                [Span("newest \(scene.age(since: group.newest)) ago", .muted)],
            ])
    }
}

extension Alerts {
    /// Whether some are about what cannot be seen now; where every source is seen, a few are asked.
    fileprivate func isDoubted(_ group: AlertGroup, in world: World) -> Bool {
        let most = world.feeds.all.contains(where: \.isBlind) ? 1000 : 20
        return group.places.prefix(most).contains { world.hasNoData(all[$0]) }
    }
}
