import Drawing
import TestKit
import Testing

struct GraphTests {
    private let rising: [Double?] = (0..<60).map { i in i == 20 ? nil : Double(i * i) }

    @Test func `a sparkline has an eighth for each value and a gap for what is not known`() {
        let values: [Double?] = [0, 1, nil, 4, 8, .nan, .infinity, -3]
        #expect(Sparkline.text(values, upTo: 8) == "▁▂ ▅█ █▁")
        #expect(Sparkline.text(values, upTo: 8, glyphs: .ascii) == ".. =# #.")
        #expect(Sparkline.text([0, 0]) == "▁▁")
        #expect(Sparkline.text([]) == "")
    }

    @Test func `lines with one scale can be compared`() {
        #expect(Sparkline.text([1, 2], upTo: 100) == "▁▁")
        #expect(Sparkline.text([50, 100], upTo: 100) == "▅█")
    }

    @Test func `a peak survives in fewer columns, the newest stands at the right`() {
        var canvas = Canvas(Size(6, 2))
        Sparkline.draw([0, 9, 0, 0, 0, 0, 0, 1], on: &canvas, x: 1, y: 0, columns: 4)
        Sparkline.draw([9], on: &canvas, x: 1, y: 1, columns: 4) { _ in .critical }
        #expect(canvas.text == " █▁▁▁\n    █")
        #expect(canvas.roles == "·bbbb·\n····c·")
    }

    @Test(arguments: [Size(20, 4), Size(40, 2), Size(8, 1)])
    func `a chart has its scale on the left`(size: Size) throws {
        let chart = Chart(rising, size: size) { "\(Int($0))ms" }
        try expectSnapshot(chart.draw(), named: "chart-\(size.width)x\(size.height)")
    }

    @Test func `what is below nothing is drawn below it, and a threshold is on the scale`() {
        let chart = Chart([-10, 0, 10], size: Size(20, 5), reaching: 30) { "\(Int($0))" }
        #expect(chart.draw().text.hasPrefix(" 30 │"))
        #expect(chart.draw().text.split(separator: "\n").last?.hasPrefix("-10 │") == true)
        #expect(chart.row(of: 30) == 0)
        #expect(chart.row(of: -10) == 4)
        #expect(chart.row(of: 31) == nil)
    }

    @Test func `the moment of a value is found in its column`() {
        let few = Chart([1, 2, 3, 4], size: Size(20, 2)) { _ in "9" }
        #expect(few.column(of: 3) == 15)
        #expect(few.column(of: 0) == 3)
        #expect(few.column(of: 4) == nil)
        let many = Chart(rising, size: Size(13, 2)) { _ in "9" }
        #expect(many.left == 3)
        #expect(many.column(of: 0) == 3)
        #expect(many.column(of: 30) == 8)
        #expect(many.column(of: 59) == 12)
    }

    @Test(arguments: [Size(20, 4), Size(8, 2), Size(4, 1)])
    func `a heatmap has two buckets a row, and blank where nothing is known`(size: Size) throws {
        let moments: [[Double]?] = (0..<12).map { x in
            x == 3 ? nil : (0..<8).map { y in max(0, Double(x * 2 - y * y)) }
        }
        let map = Heatmap.draw(moments, size: size)
        let shades = map.withoutColor.text
        let ascii = map.inASCII.text
        let text = [map.text, map.roles, shades, ascii].joined(separator: "\n---\n") + "\n"
        try expectSnapshot(text, named: "heatmap-\(size.width)x\(size.height)")
    }

    @Test func `graphs of nothing, or on nothing, are blank`() {
        let label = { (value: Double) in "\(value)" }
        for size in [Size(0, 0), Size(1, 1), Size(3, 0), Size(0, 3)] {
            #expect(Chart(rising, size: size, label: label).draw().size == size)
            #expect(Heatmap.draw([[1, 2]], size: size).size == size)
        }
        #expect(Chart([], size: Size(9, 1), label: label).draw().text == "0.0 │⠀⠀⠀⠀")
        #expect(Chart([], size: Size(9, 1), label: label).column(of: 0) == nil)
        let wild = Chart([.nan, .infinity, -1e308, 1e308], size: Size(9, 2), label: label)
        #expect(wild.draw().size == Size(9, 2))
        #expect(Heatmap.draw([], size: Size(3, 1)).text == "")
        #expect(Heatmap.draw([[]], size: Size(1, 1)).text == "▀")
    }
}
