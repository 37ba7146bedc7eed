// HelpText: the key table as a page, those first that work where one came from.
import Drawing

enum HelpText {
    static func lines(_ scene: Scene) -> [[Span]] {
        let contexts = KeyContext.allCases.filter { $0 != .demo || scene.isDemo }
        let keys = contexts.flatMap { context in
            let bindings = KeyTable.bindings.filter { $0.context == context }
            return [[Span(context.rawValue, .title)]] + bindings.map { line($0, scene) } + [[]]
        }
        return keys + signs(scene.glyphs)
    }

    private static func line(_ binding: KeyBinding, _ scene: Scene) -> [Span] {
        let names = binding.keys.map { $0.name(scene.glyphs) }.joined(separator: " ")
        return [
            Span(TextWidth.padded(names, to: 14), .key), Span("  \(binding.help)", .text),
        ]
    }

    private static func signs(_ glyphs: Glyphs) -> [[Span]] {
        [
            [Span("signs", .title)],
            sign(glyphs.critical, .critical, "critical, stuck, failed, lost"),
            sign(glyphs.warning, .warning, "warning, stale, behind its configuration"),
            sign(glyphs.info, .info, "an alert for information"),
            sign(
                glyphs.progress, .progress,
                "in progress: compensating, connecting; an alert that is pending"),
            sign(glyphs.maintenance, .info, "in maintenance"),
            sign(glyphs.unknown, .progress, "unknown: nobody checks it, or its source is blind"),
            sign(glyphs.none, .faint, "none; a blank is what this source does not tell"),
        ]
    }

    private static func sign(_ glyph: String, _ style: Style, _ help: String) -> [Span] {
        [Span(TextWidth.padded(glyph, to: 14), style), Span("  \(help)", .text)]
    }
}
