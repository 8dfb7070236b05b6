package io.costattr.export.spool;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A directory that spools may lie in.
 *
 * @param path the directory
 * @param inPublic whether others can make files beside it, so that it may be theirs
 */
public record Home(Path path, boolean inPublic) {

  /**
   * Where spools lie when nobody says: with the state that the user's programs keep (XDG Base
   * Directory Specification), else with temporary files. The first that can be used is for use.
   */
  public static List<Home> defaults(Map<String, String> environment, Properties system) {
    List<Home> homes = new ArrayList<>();
    Path state = absolute(environment.get("XDG_STATE_HOME"));
    Path user = absolute(system.getProperty("user.home"));
    if (state == null && user != null && Files.isDirectory(user)) {
      state = user.resolve(".local").resolve("state");
    }
    if (state != null) {
      homes.add(new Home(state.resolve("costattr").resolve("spool"), false));
    }
    Path temporary = absolute(system.getProperty("java.io.tmpdir"));
    if (temporary != null) {
      String name = String.valueOf(system.getProperty("user.name"));
      homes.add(new Home(temporary.resolve("costattr-spool-" + name.replaceAll("\\W", "_")), true));
    }
    return homes;
  }

  private static @Nullable Path absolute(@Nullable String path) {
    return path != null && Path.of(path).isAbsolute() ? Path.of(path) : null;
  }

  /** Makes the directory for its owner only, or makes sure that it can be used. */
  void make() throws IOException {
    make(path);
    if (inPublic) {
      refuseOthers();
    }
  }

  /** The same of a directory in it. */
  static void make(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      try {
        Files.createDirectories(directory, forItsOwnerOnly(directory));
      } catch (FileAlreadyExistsException file) {
        throw new FileSystemException(directory.toString(), null, "it is not a directory");
      }
    }
    Files.delete(Files.createTempFile(directory, ".costattr", null));
  }

  private static FileAttribute<?>[] forItsOwnerOnly(Path path) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** A directory that somebody else has laid there could be emptied, or filled, by them. */
  private void refuseOthers() throws IOException {
    if (!isPosix(path)) {
      return;
    }
    Path probe = Files.createTempFile(path, ".costattr", null);
    UserPrincipal self = Files.getOwner(probe);
    Files.delete(probe);
    boolean open =
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).stream()
            .anyMatch(
                permission ->
                    permission == PosixFilePermission.GROUP_WRITE
                        || permission == PosixFilePermission.OTHERS_WRITE);
    if (open || !self.equals(Files.getOwner(path, LinkOption.NOFOLLOW_LINKS))) {
      throw new FileSystemException(path.toString(), null, "it is open to other users");
    }
  }
}
