// Header: where one is, what is wrong, what one is blind for, and when that was.
import Drawing
import Events
import Wording
import WorldModel

/// The first line; what does not fit goes from the least important on.
struct Header {
    let ui: UIState
    /// The world as it is, which is not what is shown while painting is paused.
    let live: World
    let scene: Scene
    let width: Int

    func draw() -> Canvas {
        var canvas = Canvas(Size(width, 1))
        let time =
            scene.isStarting ? "" : width < 60 ? String(scene.now.clock.prefix(5)) : scene.now.clock
        let clock = TextWidth.columns(time)
        let timeX = width - clock - 1
        let end = canvas.write(left, x: width < 60 ? 0 : 1, y: 0, columns: max(0, timeX - 1))
        let parts = fitting(max(0, timeX - end - 1))
        let right = parts.flatMap { $0 + [Span(gap)] }
        let x = timeX - right.reduce(0) { $0 + $1.columns }
        canvas.write(right, x: max(end + 1, x), y: 0, columns: max(0, timeX - end - 1))
        if timeX > 0 { canvas.write(time, x: timeX, y: 0, .muted) }
        return canvas
    }

    private var gap: String { width < 100 ? "  " : "   " }

    private var left: [Span] {
        let environment = scene.world.environment.uppercased()
        var place: [Span] = []
        if !environment.isEmpty { place.append(Span(environment, Style(.warning, bold: true))) }
        if scene.isDemo, environment != "DEMO" {
            place.append(Span(environment.isEmpty ? "DEMO" : " DEMO", .info))
        }
        var spans = width < 60 ? [] : [Span("clawtop", .title)]
        if !spans.isEmpty, !place.isEmpty { spans.append(Span("  ")) }
        spans += place
        let title = scene.title
        if !title.isEmpty {
            spans += [Span(" \(scene.glyphs.deeper) ", .faint), Span(title.firstLine, .title)]
        }
        return spans
    }

    /// The most important first, each in as many words as there is room for.
    private var parts: [[[Span]]] {
        let others = [
            unkept, late, critical, stuck, unrecorded, unread, warning, compensating, trend,
        ].map { [$0] }
        return [[paused], blind, firing] + others
    }

    private func fitting(_ room: Int) -> [[Span]] {
        var left = room
        var kept: [[Span]] = []
        for part in parts.map({ $0.filter { !$0.isEmpty } }) {
            func columns(_ words: [Span]) -> Int { words.reduce(gap.count) { $0 + $1.columns } }
            // What one cannot see, and that nothing moves, is said even where it is cut.
            guard
                let words = part.first(where: { columns($0) <= left })
                    ?? (kept.isEmpty ? part.last : nil)
            else { continue }
            kept.append(words)
            left -= columns(words)
        }
        return kept.reversed()
    }

    private var paused: [Span] {
        guard let pause = ui.pause else { return [] }
        return [Span(pause.badge(live), Style(.info, bold: true))]
    }

    private var blind: [[Span]] {
        let blind = scene.world.feeds.all.filter(\.isBlind)
        guard let first = blind.min(by: { $0.since < $1.since }) else { return [] }
        var names: [String] = []
        for feed in blind where !names.contains(feed.source.name) { names.append(feed.source.name) }
        let words = "\(scene.glyphs.critical) blind: \(names.joined(separator: ", "))"
        // On a narrow screen what fires is worth more than since when.
        let age =
            width < 60 && scene.world.alerts.firing > 0 ? "" : " \(scene.age(since: first.since))"
        return [[Span(words + age, Style(.progress, bold: true))]]
    }

    /// `▲ 1 ● 2 firing · 1 pending`, `▲ 1 ● 2 firing`, or `▲1 ●2`.
    private var firing: [[Span]] {
        let alerts = scene.world.alerts
        let counts = Severity.allCases.reversed().compactMap { severity in
            alerts.loudness[severity].map { (sign: severity.sign(scene.glyphs), count: $0) }
        }
        let loud = counts.map { Span("\($0.sign.text) \(grouped($0.count)) ", $0.sign.style.bold) }
        let firing = alerts.worst.map { loud + [Span("firing", $0.style.bold)] } ?? []
        let pending =
            alerts.pending > 0 ? [Span("\(grouped(alerts.pending)) pending", .progress)] : []
        let brief = counts.map { [Span("\($0.sign.text)\(grouped($0.count))", $0.sign.style.bold)] }
        let quiet = AlertWords.quiet(alerts)
        return [
            joined([firing, quiet, pending]), joined([firing, quiet]), firing,
            Array(brief.joined(separator: [Span(" ")])),
        ]
    }

    /// What is acknowledged is kept nowhere, and nobody else sees it.
    private var unkept: [Span] {
        let book = scene.world.book
        guard book.problem == nil else {
            return [Span("\(scene.glyphs.critical) alert store lost", .critical)]
        }
        guard !book.remarks.isEmpty else { return [] }
        return [Span("\(scene.glyphs.warning) alert store damaged", .warning)]
    }

    /// The dead man's switch of our own evaluation.
    private var late: [Span] {
        guard let lag = scene.world.alerts.lag(at: live.now) else { return [] }
        return [
            Span(
                "\(scene.glyphs.critical) rules late by \(briefAge(milliseconds: lag.milliseconds))",
                .critical)
        ]
    }

    private var critical: [Span] {
        count(scene.world.registry.counts[.critical], "critical", scene.glyphs.critical, .critical)
    }

    private var warning: [Span] {
        count(scene.world.registry.counts[.warning], "warning", scene.glyphs.warning, .warning)
    }

    private var stuck: [Span] {
        let failed = scene.world.sagas.counts[.failed] ?? 0
        let total = scene.world.sagas.stuckCount + failed
        return count(
            total, failed > 0 ? "stuck or failed" : "stuck", scene.glyphs.critical, .critical)
    }

    /// The journal has a gap, for as long as it is so.
    private var unrecorded: [Span] {
        guard ui.unrecorded != nil else { return [] }
        return [Span("\(scene.glyphs.warning) nothing is recorded", .warning)]
    }

    /// What is shown is by the configuration of before, for as long as it is so.
    private var unread: [Span] {
        guard ui.unread != nil else { return [] }
        return [Span("\(scene.glyphs.warning) configuration not taken", .warning)]
    }

    private var compensating: [Span] {
        let all = scene.world.sagas.counts[.compensating]
        return count(all, "compensating", scene.glyphs.progress, .progress)
    }

    private func count(_ count: Int?, _ word: String, _ glyph: String, _ style: Style) -> [Span] {
        guard let count, count > 0 else { return [] }
        let words = width < 60 ? "\(glyph)\(count)" : "\(glyph) \(grouped(count)) \(word)"
        return [Span(words, style)]
    }

    /// How the critical services went over the last quarter of an hour.
    private var trend: [Span] {
        let points = scene.world.trend.points
        guard width >= 110, points.count > 2, points.contains(where: { $0.critical > 0 }) else {
            return []
        }
        let values = resampled(points.map { Double($0.critical) }, to: 15)
        return [Span("critical ", .faint), Span(Sparkline.text(values), .bar)]
    }
}
