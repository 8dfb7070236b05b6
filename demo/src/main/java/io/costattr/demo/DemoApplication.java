package io.costattr.demo;

import com.openai.errors.OpenAIException;
import io.costattr.loopback.LoopbackOpenAi;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * The quickstart's application. Without {@code --live} it talks to a local server that answers as
 * OpenAI does, and needs neither key nor network.
 */
public final class DemoApplication {
  private static final String USAGE = "usage: demo [--live]";

  private DemoApplication() {}

  /** Exits with 0, with 1 when a call failed that should not, with 2 when it could not start. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
  }

  static int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    boolean live = arguments.equals(List.of("--live"));
    if (!live && !arguments.isEmpty()) {
      err.println(USAGE);
      return 2;
    }
    String key = environment.getOrDefault("OPENAI_API_KEY", "");
    if (live && key.isBlank()) {
      err.println("--live calls OpenAI and needs a key: set OPENAI_API_KEY, or leave --live out.");
      return 2;
    }
    try {
      if (live) {
        OpenAiAccess access = OpenAiAccess.live(key, environment);
        out.println("Calling " + access.baseUrl());
        Shop.run(access, out);
      } else {
        try (LoopbackOpenAi openai = LoopbackOpenAi.start()) {
          out.println("Calling a local server that answers as OpenAI does: " + openai.baseUrl());
          Shop.run(OpenAiAccess.local(openai.baseUrl()), out);
        }
      }
      return 0;
    } catch (OpenAIException | IOException e) {
      err.println("A call failed: " + e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }
}
