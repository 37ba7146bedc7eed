// HeatPane: a service's latencies as a map of heat, time across, duration up.
import Drawing
import Events
import Wording
import WorldModel

/// The newest at the right; the last change of the configuration is marked below.
struct HeatPane {
    let scene: Scene
    let size: Size
    private static let labels = 6

    func draw() -> Canvas {
        var canvas = Canvas(size)
        guard let subject = scene.subject else { return canvas }
        canvas.paste(
            SectionRule.draw("\(subject) · latency", sum: sum, width: size.width), x: 0, y: 0)
        let heats = scene.world.traces.heat(of: subject, at: scene.now)
        let map = Size(size.width - Self.labels - 1, size.height - 2)
        guard map.width > 0, map.height > 0 else { return canvas }
        guard let range = Self.range(heats) else {
            let words = scene.emptiness(.traces, "no spans of it came", remedy: "see feeds")
            canvas.write(words, x: 3, y: 1, .muted, columns: max(0, size.width - 4))
            return canvas
        }
        let slices = Slices(heats, range: range, columns: map.width)
        canvas.paste(Heatmap.draw(slices.columns, size: map), x: Self.labels, y: 1)
        drawScale(range, height: map.height, on: &canvas)
        drawAxis(slices, width: map.width, on: &canvas)
        return canvas
    }

    private var sum: [Span] {
        let words = "all operations · \(scene.world.traces.window.milliseconds / 60_000) min"
        return joined([scene.trouble(.traces), [Span(words, .muted)]])
    }

    /// The buckets that hold anything, and a few more where those are few.
    private static func range(_ heats: [DurationHistogram]) -> ClosedRange<Int>? {
        let used = (0..<DurationHistogram.buckets).filter { bucket in
            heats.contains { $0.counts[bucket] > 0 }
        }
        guard let low = used.first, let high = used.last else { return nil }
        let spare = max(2, 16 - (high - low + 1)) / 2
        return max(0, low - spare)...min(DurationHistogram.buckets - 1, high + spare)
    }

    private func drawScale(_ range: ClosedRange<Int>, height: Int, on canvas: inout Canvas) {
        let steps = max(1, min(4, height / 3))
        for step in 0...steps {
            let bucket = range.lowerBound + (range.count - 1) * step / steps
            let bound = Int64(DurationHistogram.lowerBound(of: bucket))
            let y = height - (height - 1) * step / steps
            canvas.write(
                latency(microseconds: bound), x: 0, y: y, .faint, columns: Self.labels - 1, .right)
        }
    }

    private func drawAxis(_ slices: Slices, width: Int, on canvas: inout Canvas) {
        let y = size.height - 1
        let right = Self.labels + width
        let begin = (scene.now - .milliseconds(Int64(slices.shown) * 30_000)).clock
        canvas.write(String(begin.prefix(5)), x: Self.labels, y: y, .faint)
        let mark = mark(slices)
        let end = mark.map { $0.x + TextWidth.columns($0.text) } ?? 0
        if end < width - 6 {
            canvas.write(String(scene.now.clock.prefix(5)), x: right - 5, y: y, .faint)
        }
        if let mark { canvas.write(mark.text, x: Self.labels + mark.x, y: y, .warning) }
    }

    /// The last change of the configuration, and the column it came in.
    private func mark(_ slices: Slices) -> (text: String, x: Int)? {
        guard let subject = scene.subject else { return nil }
        let keys = scene.world.config.of(subject, in: scene.world.environment)
        let changes = keys.compactMap { key in key.changed.map { (at: $0, key: key) } }
        guard let last = changes.max(by: { $0.at < $1.at }) else { return nil }
        let slice = Int64(30_000)
        let ago = Int(scene.now.milliseconds / slice - last.at.milliseconds / slice)
        guard let x = slices.column(ago: ago) else { return nil }
        let words = "config \(last.key.versionName.firstLine.prefix(20))"
        let left = x - TextWidth.columns(words) - 1
        // Its sign stands below the column, its words where there is room for them.
        return left > 6
            ? ("\(words) \(scene.glyphs.moment)", left) : ("\(scene.glyphs.moment) \(words)", x)
    }
}

/// Half minutes as columns, stretched to the room there is.
private struct Slices {
    let columns: [[Double]?]
    /// Half minutes that are shown.
    let shown: Int

    init(_ heats: [DurationHistogram], range: ClosedRange<Int>, columns width: Int) {
        let shown = min(heats.count, width)
        let kept = heats.suffix(shown).map { $0.counts[range].map(Double.init) }
        columns = (0..<width).map { shown == 0 ? nil : kept[$0 * shown / width] }
        self.shown = shown
    }

    /// The middle of a half minute's columns; nil where it is not shown.
    func column(ago: Int) -> Int? {
        guard ago >= 0, ago < shown else { return nil }
        return ((shown - 1 - ago) * 2 + 1) * columns.count / (shown * 2)
    }
}
