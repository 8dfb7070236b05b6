package io.costattr.core.dialect;

import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What OpenAI bills for its tools: counted from what ran, never from what was declared. Sources:
 * OpenAI's price page of 2026-03, and the response object of its Java SDK.
 */
final class OpenAiTools {
  /** What a search has found counts as so many tokens with the small models of two families. */
  private static final long SEARCH_BLOCK = 8_000;

  /** No response searches as often; a number beyond is none. */
  private static final long MOST_SEARCHES = 100_000;

  private OpenAiTools() {}

  static Besides besides(Endpoint endpoint, Reading request, Reading response) {
    Tools declared = request.toolsTold();
    Tools ran = response.toolsTold();
    Set<String> containers = Set.of();
    if (ran != null && !ran.containers().isEmpty()) {
      containers = new LinkedHashSet<>(ran.containers());
      containers.removeAll(ran.givenContainers());
      if (declared != null) {
        containers.removeAll(declared.givenContainers());
      }
    }
    return new Besides(
        "failed".equals(response.string(Field.STATUS)) && response.text().bytesSeen() == 0,
        fees(endpoint, request, response),
        pictures(declared, ran, response),
        containers,
        ContainersDialect.meter(memory(declared, ran)),
        null,
        request.number(Field.OUTPUT_LIMIT));
  }

  private static @Nullable String memory(@Nullable Tools declared, @Nullable Tools ran) {
    String echoed = ran == null ? null : ran.memory();
    return echoed != null || declared == null ? echoed : declared.memory();
  }

  private static Usage fees(Endpoint endpoint, Reading request, Reading response) {
    String model = response.string(Field.RESPONSE_MODEL);
    if (model == null) {
      model = request.string(Field.REQUEST_MODEL);
    }
    if (endpoint == Endpoint.CHAT) {
      return model == null || !model.contains("search") || !response.has(Field.ANSWER)
          ? Besides.NO_FEES
          : alwaysSearching(model);
    }
    Tools declared = request.toolsTold();
    Tools ran = response.toolsTold();
    Long billed = response.number(Field.SEARCHES);
    boolean said = billed != null && billed >= 0 && billed <= MOST_SEARCHES;
    long searches = said ? billed : ran == null ? 0 : ran.searches();
    long fileSearches = ran == null ? 0 : ran.fileSearches();
    if (searches == 0 && fileSearches == 0) {
      return Besides.NO_FEES;
    }
    boolean preview =
        (ran != null && ran.previewSearch()) || (declared != null && declared.previewSearch());
    boolean block = !preview && model != null && isBilledByTheBlock(model);
    return Usage.builder()
        .set(preview ? Meter.WEB_SEARCH_PREVIEW_CALL : Meter.WEB_SEARCH_CALL, searches)
        .set(Meter.SEARCH_INPUT, block ? searches * SEARCH_BLOCK : 0)
        .set(Meter.FILE_SEARCH_CALL, fileSearches)
        .build();
  }

  /** These models look something up before each of their answers. */
  private static Usage alwaysSearching(String model) {
    if (model.startsWith("gpt-4o-search-preview")
        || model.startsWith("gpt-4o-mini-search-preview")) {
      return Usage.builder().set(Meter.WEB_SEARCH_PREVIEW_CALL, 1).build();
    }
    return model.startsWith("gpt-5-search-api")
        ? Usage.builder().set(Meter.WEB_SEARCH_CALL, 1).build()
        : Besides.NO_FEES;
  }

  private static boolean isBilledByTheBlock(String model) {
    return model.startsWith("gpt-4o-mini") || model.startsWith("gpt-4.1-mini");
  }

  /** Pictures that another model has made for the response. */
  private static List<Besides.Other> pictures(
      @Nullable Tools declared, @Nullable Tools ran, Reading response) {
    Values told = response.besideTold();
    String model = ran == null ? null : ran.imageModel();
    if (model == null && declared != null) {
      model = declared.imageModel();
    }
    if (told != null && told.has(Field.USAGE)) {
      Counted counted = OpenAiUsage.pictures(told, false);
      if (counted != null) {
        boolean priceable = counted.anomaly() != Anomaly.UNPRICEABLE_PART;
        return List.of(new Besides.Other(priceable ? model : null, counted.usage()));
      }
      if (OpenAiUsage.isSound(told)) {
        // Zeros: none was made.
        return List.of();
      }
    }
    int made = ran == null ? 0 : ran.pictures();
    return made == 0
        ? List.of()
        : List.of(new Besides.Other(model, Usage.builder().set(Meter.IMAGE, made).build()));
  }
}
