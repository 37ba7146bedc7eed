// HintLine: the most useful keys of the focused list, as many as fit, the first six always.
import Drawing
import Events
import WorldModel

enum HintLine {
    private static let always = 6

    static func draw(_ contexts: KeyContexts, _ scene: Scene, width: Int) -> Canvas {
        let worlds = Set(scene.world.feeds.all.map(\.source.world))
        let glyphs = scene.glyphs
        var canvas = Canvas(Size(width, 1))
        let known = KeyTable.bindings.filter { binding in
            binding.hint != nil && contexts.contains(binding.context)
                && binding.command.world.map(worlds.contains) ?? true
        }
        let ranked = known.indices.sorted {
            (known[$0].hint?.rank ?? 0, $0) < (known[$1].hint?.rank ?? 0, $1)
        }
        let (count, gap) = fitting(ranked.map { known[$0] }, glyphs, width: width)
        let shown = Set(ranked.prefix(count))
        var x = gap > 1 ? 1 : 0
        for (index, binding) in known.enumerated() where shown.contains(index) {
            guard let key = binding.keys.first, let hint = binding.hint else { continue }
            x = canvas.write(key.name(glyphs), x: x, y: 0, .key)
            // Where not even six fit, the keys whose words are in the help anyway stand alone.
            if gap > 0 || hint.rank <= 2 && width > 32 {
                x = canvas.write(" \(hint.word)", x: x, y: 0, .muted)
            }
            x += max(1, gap)
        }
        return canvas
    }

    /// How many fit, and the blanks between them: 3, else 1, else 0 for keys without words.
    private static func fitting(
        _ bindings: [KeyBinding], _ glyphs: Glyphs, width: Int
    ) -> (count: Int, gap: Int) {
        let lengths = bindings.map { binding in
            TextWidth.columns(binding.keys.first?.name(glyphs) ?? "") + 1
                + TextWidth.columns(binding.hint?.word ?? "")
        }
        for gap in [3, 1] {
            var (count, end) = (0, gap > 1 ? 1 : 0)
            for length in lengths {
                guard end + length <= width else { break }
                (count, end) = (count + 1, end + length + gap)
            }
            if count >= min(always, lengths.count) { return (count, gap) }
        }
        return (min(always, lengths.count), 0)
    }
}
