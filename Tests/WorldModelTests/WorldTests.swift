import Testing
import WorldModel

struct WorldTests {}
