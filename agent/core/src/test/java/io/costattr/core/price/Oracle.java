package io.costattr.core.price;

import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An independent price list, asked through Node.js: {@code src/test/oracle}. */
final class Oracle {
  private static final Map<String, String> PROVIDERS =
      Map.ofEntries(
          Map.entry("openai", "openai"),
          Map.entry("azure.ai.openai", "azure"),
          Map.entry("anthropic", "anthropic"),
          Map.entry("gcp.gemini", "google"),
          Map.entry("gcp.vertex_ai", "google"),
          Map.entry("deepseek", "deepseek"),
          Map.entry("mistral_ai", "mistral"),
          Map.entry("groq", "groq"),
          Map.entry("together", "together"),
          Map.entry("x_ai", "x-ai"),
          Map.entry("cerebras", "cerebras"),
          Map.entry("cohere", "cohere"),
          Map.entry("aws.bedrock", "aws"));

  private final Path folder;

  private Oracle(Path folder) {
    this.folder = folder;
  }

  /** Installs it into a folder of the build, in the version of the lock file. */
  static Oracle install() throws IOException, InterruptedException {
    Path source = Path.of(System.getProperty("costattr.test.root"), "agent/core/src/test/oracle");
    Path folder = Path.of(System.getProperty("costattr.test.root"), "agent/core/target/oracle");
    Files.createDirectories(folder);
    for (String file : List.of("package.json", "package-lock.json", "compare.mjs")) {
      Files.write(folder.resolve(file), Files.readAllBytes(source.resolve(file)));
    }
    if (!Files.isDirectory(folder.resolve("node_modules/@pydantic/genai-prices"))) {
      Path log = folder.resolve("npm.log");
      Process npm =
          new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!npm.waitFor(3, TimeUnit.MINUTES) || npm.exitValue() != 0) {
        npm.destroyForcibly();
        throw new IOException("npm ci failed: " + Files.readString(log));
      }
    }
    return new Oracle(folder);
  }

  /** Whether a program of that name can be started. */
  static boolean has(String program) {
    try {
      return new ProcessBuilder(program, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What each costs, in USD; null where it does not know the model. */
  List<@Nullable BigDecimal> ask(List<Query> queries, List<Usage> usages)
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      Query query = queries.get(i);
      lines.add(
          String.join(
              "\t",
              PROVIDERS.get(query.provider()),
              query.responseModel(),
              query.at(),
              units(usages.get(i))));
    }
    Path questions = Files.write(folder.resolve("questions.tsv"), lines);
    Process node =
        new ProcessBuilder("node", "compare.mjs")
            .directory(folder.toFile())
            .redirectInput(questions.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<@Nullable BigDecimal> answers = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new java.io.InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8))) {
      out.lines()
          .forEach(
              line -> {
                if (line.startsWith("unknown: ")) {
                  throw new UncheckedIOException(new IOException(line));
                }
                answers.add(line.equals("unknown") ? null : new BigDecimal(line));
              });
    }
    if (node.waitFor() != 0 || answers.size() != queries.size()) {
      throw new IOException("node ended early: " + answers.size() + " answers");
    }
    return answers;
  }

  /** A usage in its terms: totals that include their parts. */
  private static String units(Usage usage) {
    Map<String, Long> units = new LinkedHashMap<>();
    for (Meter meter : Meter.values()) {
      long quantity = usage.quantity(meter);
      if (quantity > 0) {
        for (String unit : units(meter)) {
          units.merge(unit, quantity, Long::sum);
        }
      }
    }
    StringBuilder text = new StringBuilder();
    units.forEach((unit, quantity) -> text.append(' ').append(unit).append('=').append(quantity));
    return text.substring(1);
  }

  private static List<String> units(Meter meter) {
    return switch (meter) {
      case INPUT -> List.of("input_tokens");
      case CACHED_INPUT -> List.of("input_tokens", "cache_read_tokens");
      case CACHE_WRITE -> List.of("input_tokens", "cache_write_tokens");
      case CACHE_WRITE_LONG ->
          List.of("input_tokens", "cache_write_tokens", "cache_write_1h_tokens");
      case AUDIO_INPUT -> List.of("input_tokens", "input_audio_tokens");
      case CACHED_AUDIO_INPUT ->
          List.of(
              "input_tokens", "input_audio_tokens", "cache_read_tokens", "cache_audio_read_tokens");
      case IMAGE_INPUT -> List.of("input_tokens", "input_image_tokens");
      case CACHED_IMAGE_INPUT ->
          List.of(
              "input_tokens", "input_image_tokens", "cache_read_tokens", "cache_image_read_tokens");
      case OUTPUT -> List.of("output_tokens");
      case AUDIO_OUTPUT -> List.of("output_tokens", "output_audio_tokens");
      case IMAGE_OUTPUT -> List.of("output_tokens", "output_image_tokens");
      case SECOND -> List.of("audio_seconds");
      case WEB_SEARCH_CALL -> List.of("web_searches");
      default -> throw new IllegalArgumentException(meter + " is unknown to the oracle");
    };
  }
}
