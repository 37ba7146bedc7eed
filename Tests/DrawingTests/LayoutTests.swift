import Drawing
import TestKit
import Testing

struct LayoutTests {
    private let layout = TableLayout(columns: [
        Column("", width: 1),
        Column("SERVICE", width: 12, min: 7, flex: 1),
        Column("UP", width: 5, alignment: .right),
        Column("REQ/S", width: 6, alignment: .right, priority: 3),
        Column("P99, 15 MIN", width: 16, min: 8, flex: 2, priority: 2),
        Column("CONFIG", width: 8, priority: 1),
    ])

    @Test(arguments: [100, 50, 40, 30, 20, 8])
    func `a narrow table folds its columns in a fixed order`(width: Int) throws {
        let columns = layout.placed(in: width)
        var canvas = Canvas(Size(width, 2))
        for column in columns {
            canvas.write(column.title, in: column, y: 0, .faint)
            canvas.write(
                ["▲", "payment-service", "2/3", "41.2", "▁▁▁▁▁▁▁▁▁▁▂▃▅▇██", "v42"][column.index],
                in: column, y: 1)
        }
        #expect(columns.allSatisfy { $0.x + $0.width <= width })
        try expectSnapshot(canvas, named: "table-\(width)")
    }

    @Test func `parts share what is left by flex, to the last column`() {
        let parts = [Part(3), Part(4, flex: 1), Part(0, flex: 2)]
        #expect(Split.lengths(of: parts, in: 20, gap: 1) == [3, 8, 7].map { $0 })
        for width in 0..<60 {
            let sum = Split.lengths(of: parts, in: width, gap: 1).reduce(0) { $0 + ($1 ?? 0) }
            #expect(sum == max(0, width - 2))
        }
    }

    @Test func `the least important part goes first, the last among equals`() {
        let parts = [Part(5), Part(5, priority: 1), Part(5, priority: 2), Part(5, priority: 1)]
        #expect(Split.lengths(of: parts, in: 20) == [5, 5, 5, 5])
        #expect(Split.lengths(of: parts, in: 19) == [5, 5, nil, 5])
        #expect(Split.lengths(of: parts, in: 14) == [5, 5, nil, nil])
        #expect(Split.lengths(of: parts, in: 3) == [3, nil, nil, nil])
    }

    @Test(arguments: [80, 40, 20])
    func `a section opens with its title and its sum`(width: Int) throws {
        let rule = SectionRule.draw("Services", sum: "row 1 of 9 · 1 critical", width: width)
        try expectSnapshot(rule, named: "rule-\(width)")
    }

    @Test func `a rule of any width is drawn`() {
        for width in 0..<12 {
            let rule = SectionRule.draw("Sagas", sum: "9", width: width)
            #expect(rule.size == Size(width, 1))
            #expect(rule.text.hasPrefix(String("── Sagas".prefix(width)).trimmed))
        }
    }
}

extension String {
    fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
