package io.costattr.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The paths that are wanted from a JSON document, compiled once and shared by all scanners.
 * Immutable.
 *
 * <p>A path is names joined by dots; {@code []} behind a name stands for every element of the array
 * there: {@code choices[].delta.content}. A document that is an array begins with {@code []}. Names
 * with a dot or a bracket in them cannot be asked for. Where the document has another type than the
 * path expects, the path is simply not found. Several kinds may be asked of one path, except value
 * and text together, and a path may lead through another.
 */
public final class JsonShape {
  private static final int NONE = -1;

  final Node root;

  /** How many containers may be open at once on the way to a wanted path. */
  final int depth;

  private JsonShape(Node root, int depth) {
    this.root = root;
    this.depth = depth;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects paths. Not thread-safe. */
  public static final class Builder {
    private final Draft root = new Draft();
    private int values;

    private Builder() {}

    /** The number, string, boolean or null at the path. */
    public Builder value(String path, int field) {
      Draft at = at(path);
      at.value = claim(path, field, at.value, at.text);
      at.valueIndex = values++;
      return this;
    }

    /** The content of the string at the path, of any length, in pieces. */
    public Builder text(String path, int field) {
      Draft at = at(path);
      at.text = claim(path, field, at.text, at.value);
      return this;
    }

    /** That a value of any type but null stands at the path. */
    public Builder presence(String path, int field) {
      Draft at = at(path);
      at.presence = claim(path, field, at.presence, NONE);
      return this;
    }

    /** The names, never the values, of the members of an object: {@code metadata.*}. */
    public Builder keys(String path, int field) {
      if (!path.equals("*") && !path.endsWith(".*")) {
        throw new IllegalArgumentException("keys are asked for by a path that ends in *: " + path);
      }
      Draft at = path.equals("*") ? root : at(path.substring(0, path.length() - 2));
      at.keys = claim(path, field, at.keys, NONE);
      return this;
    }

    /**
     * The names and the values of an object's members, whatever they are called: {@code
     * metadata.*}. A member's name is told first, then its value if it is a number, a string, a
     * boolean or null. Of members that are asked for by their names too, only those are told.
     */
    public Builder members(String path, int key, int field) {
      keys(path, key);
      Draft object = path.equals("*") ? root : at(path.substring(0, path.length() - 2));
      Draft others = new Draft();
      others.value = claim(path, field, NONE, NONE);
      others.valueIndex = values++;
      object.others = others;
      return this;
    }

    /** That the object or array at the path has ended; sets elements of an array apart. */
    public Builder close(String path, int field) {
      Draft at = at(path);
      at.close = claim(path, field, at.close, NONE);
      return this;
    }

    public JsonShape build() {
      return new JsonShape(new Node(root), root.depth());
    }

    private Draft at(String path) {
      Draft at = root;
      for (String step : path.split("\\.", -1)) {
        int brackets = step.indexOf('[');
        String name = brackets < 0 ? step : step.substring(0, brackets);
        String elements = brackets < 0 ? "" : step.substring(brackets);
        boolean nameless = name.isEmpty() && !(at == root && path.startsWith("[]"));
        if (nameless
            || name.equals("*")
            || name.contains("]")
            || !elements.replace("[]", "").isEmpty()) {
          throw new IllegalArgumentException("not a path: " + path);
        }
        if (!name.isEmpty()) {
          at = at.members.computeIfAbsent(name, unused -> new Draft());
        }
        for (int i = 0; i < elements.length(); i += 2) {
          if (at.element == null) {
            at.element = new Draft();
          }
          at = at.element;
        }
      }
      return at;
    }

    private static int claim(String path, int field, int taken, int rival) {
      if (field < 0) {
        throw new IllegalArgumentException("negative field for " + path);
      }
      if (taken != NONE || rival != NONE) {
        throw new IllegalArgumentException("asked for twice: " + path);
      }
      return field;
    }
  }

  private static final class Draft {
    final Map<String, Draft> members = new LinkedHashMap<>();
    @Nullable Draft element;

    /** Of the members that are not in {@link #members}. */
    @Nullable Draft others;

    int value = NONE;
    int valueIndex = NONE;
    int text = NONE;
    int presence = NONE;
    int keys = NONE;
    int close = NONE;

    int depth() {
      int below = element == null ? 0 : element.depth();
      for (Draft member : members.values()) {
        below = Math.max(below, member.depth());
      }
      boolean container = element != null || !members.isEmpty() || keys != NONE || close != NONE;
      return container ? below + 1 : 0;
    }
  }

  /** What is wanted at one place of the document and below it; fields are -1 for unwanted. */
  static final class Node {
    private static final byte[] NO_NAME = {};

    /** Stands for every place where nothing is wanted. */
    static final Node UNWANTED = new Node(new Draft());

    final int value;
    final int valueIndex;
    final int text;
    final int presence;
    final int keys;
    final int close;

    /** Whether the inside of an object, or of an array, at this place matters. */
    final boolean intoObject;

    final boolean intoArray;

    /** What is wanted of every element of an array here. */
    final Node element;

    /** What is wanted of the members of an object here that are not asked for by name. */
    private final Node others;

    /** A hash table with open addressing, at most half full; a free slot holds NO_NAME. */
    private final byte[][] names;

    private final Node[] members;
    private final int mask;

    private Node(Draft draft) {
      value = draft.value;
      valueIndex = draft.valueIndex;
      text = draft.text;
      presence = draft.presence;
      keys = draft.keys;
      close = draft.close;
      intoObject = !draft.members.isEmpty() || keys != NONE || close != NONE;
      intoArray = draft.element != null || close != NONE;
      element = draft.element == null ? unwanted() : new Node(draft.element);
      others = draft.others == null ? unwanted() : new Node(draft.others);
      mask = Math.max(1, Integer.highestOneBit(draft.members.size()) * 4) - 1;
      names = new byte[mask + 1][];
      members = new Node[mask + 1];
      Arrays.fill(names, NO_NAME);
      Arrays.fill(members, unwanted());
      draft.members.forEach(
          (name, member) -> {
            byte[] bytes = name.getBytes(UTF_8);
            int slot = slot(bytes, 0, bytes.length);
            while (names[slot].length != 0) {
              slot = (slot + 1) & mask;
            }
            names[slot] = bytes;
            members[slot] = new Node(member);
          });
    }

    /** UNWANTED itself is built by this constructor too, before the constant is set. */
    private Node unwanted() {
      return UNWANTED == null ? this : UNWANTED;
    }

    /** What is wanted of the member of that name, {@link #UNWANTED} when nothing. */
    Node member(byte[] bytes, int offset, int length) {
      int slot = slot(bytes, offset, length);
      while (true) {
        byte[] name = names[slot];
        if (name.length == 0) {
          return others;
        }
        if (name.length == length
            && Arrays.equals(name, 0, length, bytes, offset, offset + length)) {
          return members[slot];
        }
        slot = (slot + 1) & mask;
      }
    }

    private int slot(byte[] bytes, int offset, int length) {
      return length == 0
          ? 0
          : ((bytes[offset] * 31 + bytes[offset + length - 1]) * 31 + length) & mask;
    }
  }
}
