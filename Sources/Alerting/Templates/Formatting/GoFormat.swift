// GoFormat: format strings such as "%-8.2f": `printf` of Go's fmt package.

/// Carries out one format with its arguments.
struct GoFormat {
    private let format: [Unicode.Scalar]
    private let values: [TemplateValue]
    private var printer: GoPrinter
    private var position = 0
    private var argument = 0
    /// Whether an argument was asked for by number, so that leftovers are not counted.
    private var isReordered = false
    private var isGoodNumber = true

    static func text(
        _ format: String, _ values: [TemplateValue], of input: TemplateInput
    ) -> String {
        var run = GoFormat(
            format: Array(format.unicodeScalars), values: values, printer: GoPrinter(input))
        while run.position < run.format.count {
            run.copyText()
            guard run.position < run.format.count else { break }
            run.position += 1
            run.printDirective()
            guard run.printer.output.utf8.count <= TemplateBudget.longestText else { break }
        }
        run.printLeftovers()
        return run.printer.output
    }

    private init(format: [Unicode.Scalar], values: [TemplateValue], printer: GoPrinter) {
        self.format = format
        self.values = values
        self.printer = printer
    }

    private mutating func copyText() {
        while let scalar = scalar, scalar != "%" {
            printer.output.unicodeScalars.append(scalar)
            position += 1
        }
    }

    private var scalar: Unicode.Scalar? { position < format.count ? format[position] : nil }

    private mutating func printDirective() {
        printer.flags = GoPrinter.Flags()
        isGoodNumber = true
        readFlags()
        var followsNumber = readArgumentNumber()
        readWidth(&followsNumber)
        readPrecision(&followsNumber)
        if !followsNumber { _ = readArgumentNumber() }
        guard let verb = scalar else {
            printer.output += "%!(NOVERB)"
            return
        }
        position += 1
        if verb == "%" {
            printer.output += "%"
        } else if !isGoodNumber {
            printer.output += "%!\(verb)(BADINDEX)"
        } else if !values.indices.contains(argument) {
            printer.output += "%!\(verb)(MISSING)"
        } else {
            if verb == "v" { readSourceFlags() }
            printer.print(values[argument], verb)
            argument += 1
        }
    }

    private mutating func readFlags() {
        while let flag = scalar {
            switch flag {
            case "#": printer.flags.sharp = true
            case "0": printer.flags.zero = true
            case "+": printer.flags.plus = true
            case "-": printer.flags.minus = true
            case " ": printer.flags.space = true
            default: return
            }
            position += 1
        }
    }

    /// Under `%v` a sharp and a plus mean other things than elsewhere.
    private mutating func readSourceFlags() {
        printer.flags.asSource = printer.flags.sharp
        printer.flags.named = printer.flags.plus
        printer.flags.sharp = false
        printer.flags.plus = false
    }

    private mutating func readWidth(_ followsNumber: inout Bool) {
        guard scalar == "*" else {
            printer.flags.width = readNumber()
            if followsNumber, printer.flags.width != nil { isGoodNumber = false }
            return
        }
        position += 1
        followsNumber = false
        guard let width = takeNumberArgument() else {
            printer.output += "%!(BADWIDTH)"
            return
        }
        printer.flags.width = abs(width)
        if width < 0 {
            printer.flags.minus = true
            printer.flags.zero = false
        }
    }

    private mutating func readPrecision(_ followsNumber: inout Bool) {
        guard scalar == ".", position + 1 < format.count else { return }
        position += 1
        if followsNumber { isGoodNumber = false }
        followsNumber = readArgumentNumber()
        guard scalar == "*" else {
            printer.flags.precision = readNumber() ?? 0
            return
        }
        position += 1
        followsNumber = false
        printer.flags.precision = takeNumberArgument().flatMap { $0 < 0 ? nil : $0 }
        if printer.flags.precision == nil { printer.output += "%!(BADPREC)" }
    }

    /// Takes `[3]`, which makes the third argument the next one.
    private mutating func readArgumentNumber() -> Bool {
        guard scalar == "[" else { return false }
        isReordered = true
        guard let close = format[position...].firstIndex(of: "]") else {
            isGoodNumber = false
            position += 1
            return false
        }
        let start = position
        position += 1
        let number = readNumber()
        let isWhole = position == close && number != nil
        position = close + 1
        guard isWhole, let number, (1...max(1, values.count)).contains(number), !values.isEmpty
        else {
            isGoodNumber = false
            return isWhole && close > start
        }
        argument = number - 1
        return true
    }

    /// A number of at most a million; a longer one swallows the format, as in Go.
    private mutating func readNumber() -> Int? {
        var number: Int?
        while let digit = scalar, ("0"..."9").contains(digit) {
            guard (number ?? 0) <= 1_000_000 else {
                position = format.count
                return nil
            }
            number = (number ?? 0) * 10 + Int(digit.value - 0x30)
            position += 1
        }
        return number
    }

    private mutating func takeNumberArgument() -> Int? {
        guard values.indices.contains(argument) else { return nil }
        let value = values[argument].unwrapped
        argument += 1
        guard case .integer(let number, _) = value, number.magnitude <= 1_000_000 else {
            return nil
        }
        return Int(number)
    }

    private mutating func printLeftovers() {
        guard !isReordered, argument < values.count else { return }
        printer.flags = GoPrinter.Flags()
        printer.output += "%!(EXTRA "
        for (index, value) in values[argument...].enumerated() {
            if index > 0 { printer.output += ", " }
            guard let type = value.unwrapped.type else {
                printer.output += "<nil>"
                continue
            }
            printer.output += type.name + "="
            printer.print(value, "v")
        }
        printer.output += ")"
    }
}
