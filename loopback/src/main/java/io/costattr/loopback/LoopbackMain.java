package io.costattr.loopback;

import java.util.concurrent.CountDownLatch;

/**
 * Serves until killed: {@code java -jar costattr-loopback.jar [--port N] [--record N]}. The first
 * line on standard output is the base URL.
 */
public final class LoopbackMain {
  private LoopbackMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    WireServer.Options options = WireServer.Options.defaults().withRecorded(0);
    try {
      for (int i = 0; i < arguments.length; i += 2) {
        int number = Integer.parseInt(arguments[i + 1]);
        options =
            switch (arguments[i]) {
              case "--port" -> options.withPort(number);
              case "--record" -> options.withRecorded(number);
              default -> throw new IllegalArgumentException(arguments[i]);
            };
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      System.err.println("usage: [--port N] [--record N]");
      System.exit(2);
    }
    System.out.println(LoopbackOpenAi.start(options).baseUrl());
    new CountDownLatch(1).await();
  }
}
