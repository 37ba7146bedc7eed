// Overlay: the line above the hints: a message, a prompt, or a menu that opens upwards.
import Drawing
import Wording

enum Overlay {
    static func draw(_ ui: UIState, on canvas: inout Canvas) {
        switch ui.mode {
        case .browsing: drawMessage(ui, on: &canvas)
        case .typing(let prompt): drawPrompt(prompt, ui, on: &canvas)
        case .asking(let question): drawQuestion(question, ui, on: &canvas)
        case .incidents(let chosen): drawIncidents(chosen, ui.glyphs, on: &canvas)
        }
    }

    private static func drawMessage(_ ui: UIState, on canvas: inout Canvas) {
        guard let message = ui.message else { return }
        let y = canvas.size.height - 2
        clear(y, on: &canvas)
        let sign = message.isWarning ? ui.glyphs.warning : " "
        let style: Style = message.isWarning ? .warning : .info
        canvas.write(sign, x: 1, y: y, style)
        canvas.write(message.text.firstLine, x: 3, y: y, style, columns: canvas.size.width - 4)
    }

    private static func drawPrompt(_ prompt: Prompt, _ ui: UIState, on canvas: inout Canvas) {
        let y = canvas.size.height - 1
        let candidates = prompt.kind == .palette ? Palette.candidates(prompt.text, ui) : []
        let shown = candidates.prefix(max(0, min(8, canvas.size.height - 4)))
        for (index, candidate) in shown.enumerated() {
            let line = y - shown.count + index
            clear(line, on: &canvas)
            let style: Style = index == prompt.chosen ? .title : .text
            let end = canvas.write(":\(candidate.name)", x: 1, y: line, style)
            canvas.write("  \(candidate.help)", x: max(end, 30), y: line, .muted)
            if index == prompt.chosen {
                canvas.lay(.selection, y: line, columns: 0..<canvas.size.width)
            }
        }
        if let error = prompt.error ?? (prompt.preview.isEmpty ? nil : prompt.preview) {
            clear(y - 1, on: &canvas)
            let style: Style = prompt.error == nil ? .info : .warning
            canvas.write(error.oneLine, x: 1, y: y - 1, style, columns: canvas.size.width - 2)
        }
        clear(y, on: &canvas)
        canvas.write(prompt.kind.sign, x: 0, y: y, .key)
        let signEnd = TextWidth.columns(prompt.kind.sign)
        // Of a long text the end is shown, where the cursor is.
        let room = max(1, canvas.size.width - 2 - signEnd)
        var text = prompt.text
        while TextWidth.columns(text) > room { text.removeFirst() }
        let end = canvas.write(text, x: signEnd, y: y, .text)
        canvas.write("▏", x: end, y: y, .key)
    }

    /// In the last two lines: what is asked, and the keys that answer.
    private static func drawQuestion(
        _ question: Question, _ ui: UIState, on canvas: inout Canvas
    ) {
        let (y, width) = (canvas.size.height - 1, canvas.size.width)
        for line in [y - 1, y] { clear(line, on: &canvas) }
        canvas.write(question.words.oneLine, x: 1, y: y - 1, .warning, columns: width - 2)
        var x = 1
        for answer in question.answers {
            x = canvas.write(String(answer.key), x: x, y: y, .key)
            x = canvas.write(" \(answer.words)   ", x: x, y: y, .muted)
        }
        x = canvas.write("Esc", x: x, y: y, .key)
        canvas.write(" leave it", x: x, y: y, .muted)
    }

    private static func drawIncidents(
        _ chosen: Int, _ glyphs: Glyphs, on canvas: inout Canvas
    ) {
        let entries = Incident.menu
        let top = max(1, canvas.size.height - 1 - entries.count - 1)
        clear(top, on: &canvas)
        canvas.paste(
            SectionRule.draw(
                "Incidents", sum: "Enter starts · Esc closes", width: canvas.size.width),
            x: 0, y: top)
        for (index, entry) in entries.enumerated() {
            let y = top + 1 + index
            guard y < canvas.size.height - 1 else { return }
            clear(y, on: &canvas)
            canvas.write(entry.name ?? "none", x: 3, y: y, index == chosen ? .title : .text)
            canvas.write(entry.help, x: 24, y: y, .muted, columns: max(0, canvas.size.width - 25))
            if index == chosen { canvas.lay(.selection, y: y, columns: 0..<canvas.size.width) }
        }
    }

    private static func clear(_ y: Int, on canvas: inout Canvas) {
        canvas.fill(" ", y: y, columns: 0..<canvas.size.width, .text)
        canvas.lay(.plain, y: y, columns: 0..<canvas.size.width)
    }
}
