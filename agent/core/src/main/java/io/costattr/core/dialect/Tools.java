package io.costattr.core.dialect;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The provider's own tools as one request or one response tells of them: how those were declared
 * that may run, and what ran. Only the latter is billed; of the former come the rates. Bounded: no
 * response runs as many tools as are kept. Not thread-safe.
 */
final class Tools {
  private static final int MOST = 256;

  // Declared.
  private boolean previewSearch;
  private @Nullable String imageModel;
  private @Nullable String memory;
  private final Set<String> givenContainers = new LinkedHashSet<>();

  // Ran.
  private int searches;
  private int fileSearches;
  private int pictures;
  private final Set<String> containers = new LinkedHashSet<>();

  // The item that is being read.
  private @Nullable String type;
  private @Nullable String status;
  private @Nullable String action;
  private @Nullable String container;

  void said(Field field, String value) {
    switch (field) {
      case TOOL_TYPE -> previewSearch |= value.startsWith("web_search_preview");
      case TOOL_MODEL -> imageModel = value;
      case TOOL_MEMORY -> memory = value;
      case TOOL_CONTAINER -> keep(givenContainers, value);
      case ITEM_TYPE -> type = value;
      case ITEM_STATUS -> status = value;
      case ITEM_ACTION -> action = value;
      case ITEM_CONTAINER -> container = value;
      default -> {}
    }
  }

  /** All that was said since the last one was of one item of the output. */
  void itemEnded() {
    // An event may tell of an item that has only begun, and another one of its end.
    boolean ran = status == null || status.equals("completed") || status.equals("incomplete");
    if (type != null) {
      switch (type) {
        // Pages that are opened, and what is found in them, cost nothing.
        case "web_search_call" -> searches += ran && isSearch(action) ? 1 : 0;
        case "file_search_call" -> fileSearches += ran ? 1 : 0;
        case "image_generation_call" -> pictures += ran ? 1 : 0;
        case "code_interpreter_call", "shell_call" -> keep(containers, container);
        default -> {}
      }
    }
    type = null;
    status = null;
    action = null;
    container = null;
  }

  private static boolean isSearch(@Nullable String action) {
    return action == null || action.equals("search");
  }

  private static void keep(Set<String> among, @Nullable String value) {
    if (value != null && among.size() < MOST) {
      among.add(value);
    }
  }

  /** What ran is told anew. */
  void forget() {
    searches = 0;
    fileSearches = 0;
    pictures = 0;
    containers.clear();
  }

  /** What another one was told, of the same response. */
  void add(Tools other) {
    previewSearch |= other.previewSearch;
    imageModel = other.imageModel != null ? other.imageModel : imageModel;
    memory = other.memory != null ? other.memory : memory;
    other.givenContainers.forEach(id -> keep(givenContainers, id));
    searches += other.searches;
    fileSearches += other.fileSearches;
    pictures += other.pictures;
    other.containers.forEach(id -> keep(containers, id));
  }

  boolean previewSearch() {
    return previewSearch;
  }

  /** The model that was declared for pictures, or null. */
  @Nullable String imageModel() {
    return imageModel;
  }

  /** The memory that was declared for a container of the response's own: {@code 4g}, or null. */
  @Nullable String memory() {
    return memory;
  }

  /** Containers that were declared by their id: whoever made them has paid for them. */
  Set<String> givenContainers() {
    return givenContainers;
  }

  int searches() {
    return searches;
  }

  int fileSearches() {
    return fileSearches;
  }

  int pictures() {
    return pictures;
  }

  /** The containers in which code ran. */
  Set<String> containers() {
    return containers;
  }
}
