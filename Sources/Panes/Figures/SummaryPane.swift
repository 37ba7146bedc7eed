// SummaryPane: what a page is about, in sentences.
import Drawing
import Events
import WorldModel

enum SummaryPane {
    /// The rule and at most three lines.
    static func height(_ scene: Scene, _ width: Int) -> Int {
        1 + min(3, max(1, wrapped(sentences(scene), width: width - 2).count))
    }

    static func draw(_ scene: Scene, size: Size) -> Canvas {
        var canvas = Canvas(size)
        let (title, sum) = heading(scene)
        canvas.paste(SectionRule.draw(title, sum: sum, width: size.width), x: 0, y: 0)
        for (index, line) in wrapped(sentences(scene), width: size.width - 2).enumerated() {
            canvas.write(line, x: 1, y: 1 + index, columns: size.width - 2)
        }
        return canvas
    }

    private static func heading(_ scene: Scene) -> (String, [Span]) {
        switch scene.place {
        case .saga(let id):
            let entry = scene.world.sagas[id.feed, id.id]
            return (SagaSentences.title(id, entry), SagaSentences.sum(entry, scene))
        case .alert(let id):
            let alert = scene.world.alerts[id]
            return (alert?.name ?? "alert", AlertSentences.sum(alert, scene))
        default: return (scene.subject ?? "", ServiceSentences.sum(scene))
        }
    }

    private static func sentences(_ scene: Scene) -> [Span] {
        switch scene.place {
        case .saga(let id): SagaSentences.of(scene.world.sagas[id.feed, id.id], scene)
        case .alert(let id): AlertSentences.of(scene.world.alerts[id], scene)
        default: ServiceSentences.of(scene)
        }
    }
}

/// `spans` cut into lines between words.
func wrapped(_ spans: [Span], width: Int) -> [[Span]] {
    var lines: [[Span]] = []
    var line: [Span] = []
    var used = 0
    for span in spans {
        for word in span.text.split(separator: " ") {
            let columns = TextWidth.columns(String(word))
            let isGlued = word == "." || word == "," || word == ";"
            if used > 0, used + 1 + columns > width, !isGlued {
                lines.append(line)
                (line, used) = ([], 0)
            }
            let text = used == 0 || isGlued ? String(word) : " \(word)"
            line.append(Span(text, span.style))
            used += TextWidth.columns(text)
        }
    }
    return line.isEmpty ? lines : lines + [line]
}
