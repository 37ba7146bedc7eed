import Drawing
import TestKit
import Testing

struct CanvasTests {
    @Test func `what falls outside is clipped`() {
        var canvas = Canvas(Size(4, 1))
        canvas.write("payment", x: 0, y: 0)
        canvas.write("below", x: 0, y: 1)
        canvas.write("above", x: 0, y: -1)
        #expect(canvas.text == "paym")
        canvas.write("cart", x: -2, y: 0)
        #expect(canvas.text == "rtym")
    }

    @Test func `a cell is eight bytes`() {
        #expect(MemoryLayout<Cell>.size == 8)
    }

    @Test func `a wide character at an edge is a space, never a half`() {
        var canvas = Canvas(Size(4, 1))
        canvas.write("漢", x: 3, y: 0)
        canvas.write("漢", x: -1, y: 0)
        #expect(canvas.row(0).allSatisfy { $0.columns == 1 })
        #expect(canvas.text == "")
    }

    @Test(arguments: [(0, "x 字"), (1, " x字"), (2, "漢x"), (3, "漢 x")])
    func `what is written over half of a wide character clears the other half`(
        x: Int, text: String
    ) {
        var canvas = Canvas(Size(4, 1))
        canvas.write("漢字", x: 0, y: 0)
        canvas.write("x", x: x, y: 0)
        #expect(canvas.text == text)
        #expect(canvas.row(0).reduce(0) { $0 + Int($1.columns) } == 4)
    }

    @Test func `marks stay on their character and go with it`() {
        var canvas = Canvas(Size(6, 1))
        let end = canvas.write("e\u{301}n漢\u{302}", x: 0, y: 0)
        #expect(end == 4)
        #expect(canvas.text == "e\u{301}n漢\u{302}")
        #expect(canvas.marks(x: 2, y: 0) == ["\u{302}"])
        canvas.write("x", x: 0, y: 0)
        #expect(canvas.text == "xn漢\u{302}")
    }

    @Test func `a mark without a character, or one of a thousand, is not drawn`() {
        var canvas = Canvas(Size(4, 1))
        canvas.write("\u{301}a", x: 1, y: 0)
        canvas.write("b" + String(repeating: "\u{301}", count: 1000), x: 2, y: 0)
        #expect(canvas.marks(x: 0, y: 0) == [])
        #expect(canvas.marks(x: 2, y: 0).count == 4)
    }

    @Test func `a canvas pasted at an edge is clipped with its marks`() {
        var small = Canvas(Size(4, 1))
        small.write("漢e\u{301}x", x: 0, y: 0)
        var canvas = Canvas(Size(5, 2))
        canvas.write("字字", x: 0, y: 1)
        canvas.paste(small, x: -1, y: 0)
        canvas.paste(small, x: 2, y: 1)
        #expect(canvas.text == " e\u{301}x\n字漢e\u{301}")
        canvas.paste(Canvas(Size(1, 1)), x: 1, y: 1)
        #expect(canvas.text == " e\u{301}x\n  漢e\u{301}")
        canvas.paste(small, x: 9, y: 0)
        canvas.paste(small, x: -9, y: 0)
    }

    @Test func `a ground is laid behind what stands there`() {
        var canvas = Canvas(Size(3, 1))
        canvas.write("abc", x: 0, y: 0, .critical)
        canvas.lay(.selection, y: 0, columns: -5..<2)
        #expect(canvas.text == "abc")
        #expect(canvas.roles == "SSc")
    }

    @Test func `spans follow one another and the last is cut`() {
        var canvas = Canvas(Size(20, 1))
        let spans = [Span("3 firing", .critical), Span(" · 1 acked", .muted)]
        #expect(canvas.write(spans, x: 0, y: 0, columns: 12) == 12)
        #expect(canvas.text == "3 firing · …")
    }

    @Test func `in ASCII every sign has a stand-in of the same width`() {
        var canvas = Canvas(Size(24, 1))
        canvas.write("▲●◐■?✓✗·→─│└⠀⣿⡀▁█é漢e\u{301}", x: 0, y: 0)
        #expect(canvas.inASCII.text == "!*~#?+x.>-|+ #:.#?? e")
        #expect(canvas.inASCII.row(0).allSatisfy { $0.scalar.isASCII && $0.columns == 1 })
    }
}
