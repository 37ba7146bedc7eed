// CoursePane: how the value of an alert's expression went, and when it fired.
import Drawing
import Events
import Wording
import WorldModel

/// The newest at the right; what the value is held against is a line across.
struct CoursePane {
    let scene: Scene
    let size: Size

    func draw() -> Canvas {
        var canvas = Canvas(size)
        guard case .alert(let id) = scene.place, let alert = scene.world.alerts[id],
            let points = alert.points
        else { return canvas }
        canvas.paste(SectionRule.draw("Value", sum: sum(points), width: size.width), x: 0, y: 0)
        let threshold = scene.world.alerts.rule(of: alert).flatMap { Threshold(of: $0.expression) }
        let chart = Chart(
            points.values, size: Size(size.width - 2, size.height - 2),
            reaching: threshold?.value, label: figure)
        canvas.paste(chart.draw(), x: 1, y: 1)
        if let threshold { drawLine(at: threshold, chart, on: &canvas) }
        drawAxis(alert, points, chart, on: &canvas)
        return canvas
    }

    private func sum(_ points: AlertRecord.Points) -> [Span] {
        let span = points.step.milliseconds.multipliedReportingOverflow(
            by: Int64(points.values.count))
        return span.overflow ? [] : [Span(length(milliseconds: span.partialValue), .muted)]
    }

    /// Where nothing is drawn yet: what is below the line stays in sight.
    private func drawLine(at threshold: Threshold, _ chart: Chart, on canvas: inout Canvas) {
        guard let row = chart.row(of: threshold.value) else { return }
        let cells = canvas.row(row + 1)
        for (x, cell) in cells.enumerated() where cell.scalar == "\u{2800}" {
            canvas.write("┄", x: x, y: row + 1, .warning)
        }
    }

    private func drawAxis(
        _ alert: AlertRecord, _ points: AlertRecord.Points, _ chart: Chart,
        on canvas: inout Canvas
    ) {
        let y = size.height - 1
        canvas.write(String(points.start.clock.prefix(5)), x: chart.left + 1, y: y, .faint)
        var end = chart.left + 6
        if let (text, x) = mark(alert, points, chart) {
            end = canvas.write(text, x: x, y: y, alert.severity.style)
        }
        let now = size.width - 6
        if end < now { canvas.write(String(scene.now.clock.prefix(5)), x: now, y: y, .faint) }
    }

    /// The moment it fired, its sign below the column.
    private func mark(
        _ alert: AlertRecord, _ points: AlertRecord.Points, _ chart: Chart
    ) -> (text: String, x: Int)? {
        let step = points.step.milliseconds
        let moment = alert.begin
        let since = (moment - points.start).milliseconds
        guard step > 0, since >= 0, let column = chart.column(of: Int(since / step)) else {
            return nil
        }
        let words = "\(alert.fired == nil ? "holds since" : "fired") \(moment.clock)"
        let left = column + 1 - TextWidth.columns(words) - 1
        let sign = scene.glyphs.moment
        return left > chart.left + 7
            ? ("\(words) \(sign)", left) : ("\(sign) \(words)", column + 1)
    }
}
