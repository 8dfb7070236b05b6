package io.costattr.it.differential;

import io.costattr.loopback.Reply;
import io.costattr.loopback.WireRequest;

/**
 * One program against one server, and what must stand in the ledger afterwards.
 *
 * @param name unique among the cases of a client; the feature to which its calls are attributed
 */
record Case(String name, Script server, Program client, Ledger ledger) {

  /** How the server answers. */
  @FunctionalInterface
  interface Script {
    void answer(World world, WireRequest request, Reply reply) throws Exception;
  }

  /** What the application does; what it throws is noted as seen. */
  @FunctionalInterface
  interface Program {
    void run(World world) throws Exception;
  }
}
