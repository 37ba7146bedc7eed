// clawtop: reads the options, wires the rooms together, runs.

/// The program.
@main
enum Clawtop {
    static func main() {}
}
