// PaintMemory: rows as they were painted for the last frame of the same world.
import Drawing
import WorldModel

/// A key that only moves the selection paints two rows instead of forty.
///
/// It holds nothing that is not in the world: without it the picture is the same, only later.
package final class PaintMemory {
    /// How rows lie: another layout is another picture of each.
    struct Layout: Equatable {
        var columns: [PlacedColumn]
        var width, shift: Int
        /// The full bar of each column of bars.
        var tops: [Double]
    }

    /// Everything but the selection that decides what the rows of a section look like.
    struct Sight: Equatable {
        var placed: Placed
        var place: Place
        var source: OrderSource?
        var top, shift: Int
        /// The rule of a focused section tells the place of the selection: it is not kept.
        var isFocused: Bool
        var marked: Set<RowID>
        var acking: Set<String>
    }

    /// A section without what follows the selection, and what its rule sums up.
    struct Still {
        var picture: Canvas
        var sum: [Span]
    }

    /// What the first and the last line of the screen look like, within one world.
    struct Frame: Equatable {
        var place: Place
        var pause: String?
        var contexts: KeyContexts
        var unrecorded, unread: Bool
        var size: Size
    }

    private var stamp: Stamp?
    private var arrangement: (ground: Ground, made: Arrangement)?
    private var layout: Layout?
    private var rows: [RowID: Row] = [:]
    /// These outlive the world: most rows look the same in the next one.
    private var pictures: [RowID: (row: Row, picture: Canvas)] = [:]
    private var lines: (frame: Frame, pictures: (Canvas, Canvas))?
    private var sections: [SectionKind: (sight: Sight, still: Still)] = [:]
    private var besides: [SectionKind: (placed: Placed, picture: Canvas)] = [:]

    /// A few screens full.
    private static let mostPictures = 400

    package init() {}

    /// Forgets what was painted of another world.
    func begin(_ world: World) {
        let stamp = Stamp(world)
        guard stamp != self.stamp else { return }
        self.stamp = stamp
        (rows, sections, besides, lines) = ([:], [:], [:], nil)
        if pictures.count > Self.mostPictures { pictures = [:] }
        arrangement = nil
    }

    /// Which sections stand where.
    func arrangement(_ ground: Ground, _ make: () -> Arrangement) -> Arrangement {
        if let known = arrangement, known.ground == ground { return known.made }
        let made = make()
        arrangement = (ground, made)
        return made
    }

    /// The header and the hints.
    func lines(_ frame: Frame, _ paint: () -> (Canvas, Canvas)) -> (Canvas, Canvas) {
        if let known = lines, known.frame == frame { return known.pictures }
        let pictures = paint()
        lines = (frame, pictures)
        return pictures
    }

    /// A section of the column beside the lists: it changes with its subject only.
    func beside(_ placed: Placed, _ paint: () -> Canvas) -> Canvas {
        if let known = besides[placed.kind], known.placed == placed { return known.picture }
        let picture = paint()
        besides[placed.kind] = (placed, picture)
        return picture
    }

    func section(_ sight: Sight, _ paint: () -> Still) -> Still {
        if let known = sections[sight.placed.kind], known.sight == sight { return known.still }
        let still = paint()
        sections[sight.placed.kind] = (sight, still)
        return still
    }

    func row(_ id: RowID, _ format: () -> Row) -> Row {
        if let row = rows[id] { return row }
        let row = format()
        rows[id] = row
        return row
    }

    /// The row's picture, one line high, without the selection.
    func picture(
        _ id: RowID, of row: Row, in layout: Layout, _ paint: (inout Canvas) -> Void
    ) -> Canvas {
        if layout != self.layout {
            self.layout = layout
            pictures = [:]
        }
        if let known = pictures[id], known.row == row { return known.picture }
        var picture = Canvas(Size(layout.width, 1))
        paint(&picture)
        pictures[id] = (row, picture)
        return picture
    }
}
