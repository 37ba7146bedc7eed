// CMicrohttpd: to be written.
#pragma once
