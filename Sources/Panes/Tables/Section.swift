// Section: a titled list of rows; what every list of the house can say of itself.
import Drawing
import WorldModel

/// What a page is made of, from top to bottom.
package enum SectionKind: String, Hashable, Sendable, CaseIterable {
    case services, sagas, feeds, changes, registry, configurations, traffic, alerts, rules, problems
    case mutes
    case instances, operations, calls, steps, text
    /// Drawn, but nothing in them can be selected.
    case summary, heat, course

    var isList: Bool { ![.summary, .heat, .course].contains(self) }

    /// What is there only while something is wrong must not draw the focus to it.
    var comesAndGoes: Bool { self == .alerts || self == .problems }
}

/// A list of rows: it names them in order, and formats those that it is asked for.
protocol Section {
    func title(_ scene: Scene) -> String
    /// What stands at the right of the rule, after the place of the selection.
    func sum(_ scene: Scene) -> [Span]
    /// All rows in their own order.
    func rows(_ scene: Scene) -> Rows
    /// What lies below a row of a tree.
    func children(of id: RowID, _ scene: Scene) -> [RowID]
    /// The rows as they are shown unless one filters or sorts: those that are too many share one.
    func folded(_ rows: Rows, _ scene: Scene) -> Rows
    /// The row that a row is folded into, or is itself; nil for what stands by itself.
    func group(of id: RowID, _ scene: Scene) -> RowID?
    func columns(_ scene: Scene) -> [TableColumn]
    func row(_ id: RowID, _ scene: Scene, _ list: ListState) -> Row
    /// What filters and sorting know of a row; nil where the world does not know it.
    func measure(_ id: RowID, _ field: Field, _ scene: Scene) -> Measure?
    /// What a filter's plain words are looked for in.
    func searched(_ id: RowID, _ scene: Scene) -> String
    var fields: [Field] { get }
    /// Said instead of rows where there are none.
    func emptiness(_ scene: Scene) -> String
    /// Whether it has a row of column titles.
    func hasHead(_ scene: Scene) -> Bool
    /// How its own order is called: `sickest first`.
    var order: String { get }
    /// Nothing is selected in it; moving scrolls.
    var isText: Bool { get }
}

extension Section {
    var isText: Bool { false }
    func hasHead(_ scene: Scene) -> Bool { true }
    func children(of id: RowID, _ scene: Scene) -> [RowID] { [] }
    func folded(_ rows: Rows, _ scene: Scene) -> Rows { rows }
    func group(of id: RowID, _ scene: Scene) -> RowID? { nil }
}
