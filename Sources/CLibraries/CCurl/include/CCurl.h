// CCurl: to be written.
#pragma once
