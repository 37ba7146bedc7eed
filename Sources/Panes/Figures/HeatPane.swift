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
        let words = "all operations · \(scene.world.traces.window.inWords)"
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
        let span = Duration.milliseconds(Int64(slices.shown) * 30_000)
        let begin = String((scene.now - span).clock.prefix(5))
        canvas.write(begin, x: max(Self.labels, right - slices.columns.count), y: y, .faint)
        let end = String(scene.now.clock.prefix(5))
        canvas.write(end, x: right - end.count, y: y, .faint)
        drawMark(slices, right: right, y: y, on: &canvas)
    }

    private func drawMark(_ slices: Slices, right: Int, y: Int, on canvas: inout Canvas) {
        guard let subject = scene.subject,
            let change = scene.world.config.of(subject, in: scene.world.environment)
                .filter({ $0.changed != nil })
                .max(by: { ($0.changed ?? scene.now) < ($1.changed ?? scene.now) }),
            let moment = change.changed
        else { return }
        let ago = Int((scene.now - moment).milliseconds / 30_000)
        guard ago < slices.shown else { return }
        let x = right - (ago + 1) * slices.times
        let words = "\(scene.glyphs.moment) config \(change.versionName)"
        // Left of the mark where there is no room to its right.
        let fits = x + TextWidth.columns(words) + 7 < right
        if fits {
            canvas.write(words, x: x, y: y, .warning)
        } else {
            let mirrored = "config \(change.versionName) \(scene.glyphs.moment)"
            let start = x - TextWidth.columns(mirrored) + 1
            canvas.write(mirrored, x: max(Self.labels, start), y: y, .warning)
        }
    }
}

/// Half minutes as columns, each as often as there is room for.
private struct Slices {
    let columns: [[Double]?]
    let times: Int
    /// Half minutes that are shown.
    let shown: Int

    init(_ heats: [DurationHistogram], range: ClosedRange<Int>, columns width: Int) {
        times = max(1, width / max(1, heats.count))
        shown = min(heats.count, width)
        let times = times
        columns = heats.suffix(shown).flatMap { heat in
            let counts: [Double]? = heat.counts[range].map(Double.init)
            return Array(repeating: counts, count: times)
        }
    }
}
