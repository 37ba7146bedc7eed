// Screen: the whole screen of one viewer: header, lists, message, hints.
package import Drawing
import Events
package import WorldModel

package enum Screen {
    /// Smaller than this nothing can be told.
    static let least = Size(20, 5)

    /// Draws the world as `ui` looks at it; the same arguments make the same picture.
    ///
    /// `memory` of the last frame makes it sooner.
    package static func draw(
        _ world: World, _ ui: UIState, size: Size, memory: PaintMemory? = nil
    ) -> Canvas {
        guard size.width >= least.width, size.height >= least.height else {
            return tooSmall(size)
        }
        var ui = ui
        ui.look(at: world)
        var scene = ui.scene(world)
        memory?.begin(scene.world)
        scene.memory = memory
        var canvas = Canvas(size)
        let contexts = ui.contexts(scene)
        let frame = PaintMemory.Frame(
            place: ui.place, pause: ui.pause?.badge(world), contexts: contexts,
            unrecorded: ui.unrecorded != nil, unread: ui.unread != nil, size: size)
        func lines() -> (Canvas, Canvas) {
            (
                Header(ui: ui, live: world, scene: scene, width: size.width).draw(),
                HintLine.draw(contexts, scene, width: size.width)
            )
        }
        let (header, hints) = memory?.lines(frame, lines) ?? lines()
        canvas.paste(header, x: 0, y: 0)
        drawSections(ui, scene, on: &canvas)
        canvas.paste(hints, x: 0, y: size.height - 1)
        Overlay.draw(ui, on: &canvas)
        return ui.glyphs == .ascii ? canvas.inASCII : canvas
    }

    private static func tooSmall(_ size: Size) -> Canvas {
        var canvas = Canvas(size)
        canvas.write("too small", x: 0, y: 0, .muted)
        return canvas
    }

    private static func drawSections(_ ui: UIState, _ scene: Scene, on canvas: inout Canvas) {
        let arrangement = Arrangement.of(ui, scene, size: canvas.size)
        let focused = ui.page.focused(scene)
        for placed in arrangement.placed {
            let scene = scene.about(placed.subject)
            func paint() -> Canvas {
                switch placed.kind {
                case .summary: return SummaryPane.draw(scene, size: placed.size)
                case .heat: return HeatPane(scene: scene, size: placed.size).draw()
                case .course: return CoursePane(scene: scene, size: placed.size).draw()
                default:
                    let isFocused = placed.kind == focused
                    return drawing(placed, ui, scene, arrangement, isFocused: isFocused).draw()
                }
            }
            let picture =
                if let memory = scene.memory, placed.isBeside {
                    memory.beside(placed, paint)
                } else {
                    paint()
                }
            canvas.paste(picture, x: placed.x, y: placed.y)
        }
    }

    static func drawing(
        _ placed: Placed, _ ui: UIState, _ scene: Scene, _ arrangement: Arrangement,
        isFocused: Bool
    ) -> SectionDrawing {
        var list = ui.page.lists[placed.kind] ?? ListState()
        if placed.isBeside {
            list = ListState()
            list.mend(placed.kind.section, scene)
        }
        return SectionDrawing(
            section: placed.kind.section, list: list, scene: scene, placed: placed,
            isFocused: isFocused && !placed.isBeside, showsHead: arrangement.showsHeads)
    }
}
