// ParseErrorTests: what is said of a text that is no expression.
import Testing

@testable import PromQL

struct ParseErrorTests {
    @Test(arguments: [
        ("", "unknown position: parse error: no expression found in input"),
        ("# nothing", "1:1: parse error: no expression found in input"),
        ("x +", "1:4: parse error: unexpected end of input"),
        ("x\n  ) + 1", "2:4: parse error: unexpected right parenthesis ')'"),
        ("x y", "1:3: parse error: unexpected identifier \"y\""),
        ("x * / y", "1:5: parse error: unexpected <op:/>"),
        (
            "x \"a long text that goes on\"",
            "1:3: parse error: unexpected string \"\\\"a long te\"..."
        ),
        ("sum by (a) by (b) (x)", "1:12: parse error: unexpected <by> in aggregation"),
        ("sum(x y)", "1:7: parse error: unexpected identifier \"y\" in aggregation"),
        ("sum(x", "1:6: parse error: unclosed left parenthesis"),
        ("x[5m", "1:5: parse error: unclosed left bracket"),
        ("x !", "1:3: parse error: unexpected character after '!': '\u{FFFD}'"),
        ("x ? y", "1:3: parse error: unexpected character: '?'"),
        ("é", "1:1: parse error: unexpected character: 'é'"),
        ("f(x", "1:4: parse error: unclosed left parenthesis"),
        ("nope(x)", "1:1: parse error: unknown function with name \"nope\""),
        ("abs(x,)", "1:6: parse error: trailing commas not allowed in function call args"),
        ("info(x)", "1:1: parse error: function \"info\" is not enabled"),
        (
            "x + fill(0) y",
            "1:1: parse error: binop fill modifiers are experimental and not enabled"
        ),
        ("x smoothed", "1:1: parse error: smoothed modifier is experimental and not enabled"),
        (
            "x + on(a) group_left * y",
            "1:22: parse error: unexpected <op:*> in grouping opts, expected \"(\""
        ),
    ])
    func `a broken expression is named at the first place that is wrong`(
        text: String, message: String
    ) {
        #expect(verdict(text) == message)
    }

    @Test(arguments: [
        (
            "x{a}",
            "1:4: parse error: unexpected \"}\" in label matching, expected label matching operator"
        ),
        ("x{a=1}", "1:5: parse error: unexpected character inside braces: '1'"),
        (
            "x{a=\"1\" b=\"2\"}",
            "1:9: parse error: unexpected identifier \"b\" in label matching, expected \",\" or \"}\""
        ),
        ("x{a=~\"(\"}", "1:3: parse error: error parsing regexp: missing closing ): `(`"),
        ("x{a=~\"[a\"}", "1:3: parse error: error parsing regexp: missing closing ]: `[a`"),
        (
            "x{a=~\"a**\"}",
            "1:3: parse error: error parsing regexp: invalid nested repetition operator: `**`"
        ),
        ("x{a=\"b", "1:5: parse error: unterminated quoted string"),
        ("\"\\q\"", "1:1: parse error: unknown escape sequence U+0071 'q'"),
        (
            "{a=~\".*\"}",
            "1:1: parse error: vector selector must contain at least one non-empty matcher"
        ),
        (
            "x{__name__=\"y\"}",
            "1:1: parse error: metric name must not be set twice: \"x\" or \"y\""
        ),
    ])
    func `a broken selector is named`(text: String, message: String) {
        #expect(verdict(text) == message)
    }

    @Test(arguments: [
        ("x[0s]", "1:3: parse error: duration must be greater than 0"),
        ("x[0.0000000004]", "1:3: parse error: duration must be greater than 0"),
        ("x[5m5m]", "1:3: parse error: not a valid duration string: \"5m5m\""),
        ("x[300y]", "1:3: parse error: duration out of range"),
        ("x[1h/0]", "1:5: parse error: division by zero"),
        (
            "x[5m 5m]",
            "1:6: parse error: unexpected duration \"5m\" in subquery or range, expected \":\" or \"]\""
        ),
        ("x[a]", "1:3: parse error: unexpected character in duration expression: 'a'"),
        (
            "x offset y",
            "1:10: parse error: unexpected identifier \"y\" in offset, expected number, duration, step(), or range()"
        ),
        ("x offset 1m offset 2m", "1:1: parse error: offset may not be set multiple times"),
        ("x offset 1m[5m]", "1:12: parse error: no offset modifiers allowed before range"),
        ("(x)[5m]", "1:4: parse error: ranges only allowed for vector selectors"),
        ("x @ Inf", "1:1: parse error: timestamp out of bounds for @ modifier: +Inf"),
        (
            "1 @ 2",
            "1:1: parse error: @ modifier must be preceded by an instant vector selector or range vector selector or a subquery"
        ),
        ("1e", "1:1: parse error: bad number or duration syntax: \"1e\""),
        (
            "1e999",
            "1:1: parse error: error parsing number: strconv.ParseFloat: parsing \"1e999\": value out of range"
        ),
    ])
    func `a broken number or span of time is named`(text: String, message: String) {
        #expect(verdict(text) == message)
    }

    @Test(arguments: [
        (
            "rate(x)",
            "1:6: parse error: expected type range vector in call to function \"rate\", got instant vector"
        ),
        ("abs(x, y)", "1:1: parse error: expected 1 argument(s) in call to \"abs\", got 2"),
        (
            "hour(x, y)",
            "1:1: parse error: expected at most 1 argument(s) in call to \"hour\", got 2"
        ),
        (
            "label_join(x)",
            "1:1: parse error: expected at least 3 argument(s) in call to \"label_join\", got 1"
        ),
        (
            "sum(x[5m])",
            "1:5: parse error: expected type instant vector in aggregation expression, got range vector"
        ),
        (
            "topk(\"a\", x)",
            "1:6: parse error: expected type scalar in aggregation parameter, got string"
        ),
        (
            "sum(1, x)",
            "1:1: parse error: wrong number of arguments for aggregate expression provided, expected 1, got 2"
        ),
        ("1  ==  2", "1:4: parse error: comparisons between scalars must use BOOL modifier"),
        ("x + bool y", "1:3: parse error: bool modifier can only be used on comparison operators"),
        (
            "x and 1",
            "1:1: parse error: set operator \"and\" not allowed in binary scalar expression"
        ),
        (
            "x and on (a) group_left () y",
            "1:1: parse error: no grouping allowed for \"and\" operation"
        ),
        ("x + on (a) 1", "1:1: parse error: vector matching only allowed between instant vectors"),
        (
            "x + on (a) group_left (a) y",
            "1:3: parse error: label \"a\" must not occur in ON and GROUP clause at once"
        ),
        (
            "x + y[5m]",
            "1:5: parse error: binary expression must contain only scalar and instant vector types"
        ),
        (
            "-\"a\"",
            "1:1: parse error: unary expression only allowed on expressions of type scalar or instant vector, got \"string\""
        ),
        (
            "(1)[5m:]",
            "1:1: parse error: subquery is only allowed on instant vector, got scalar instead"
        ),
    ])
    func `parts that do not fit together are named`(text: String, message: String) {
        #expect(verdict(text) == message)
    }
}
