package io.costattr.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.attribution.LineTags;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UploadTest {
  private static final String CUSTOMER = "metadata.costattr.customer.id";

  @Test
  void aLineIsKnownByItsNameOnceTheFileHasArrived() {
    InputFiles files = new InputFiles(1_000_000);
    Upload upload = new Upload(files, LineTags.OWN_NAMES);
    line(upload, "a", "c1");
    line(upload, "b", "c2");
    upload.ended("silent", null);
    assertThat(files.lines("file-1")).isEmpty();

    upload.arrived("file-1");

    assertThat(files.lines("file-1")).containsOnlyKeys("a", "b");
    assertThat(customer(files, "file-1", "b")).isEqualTo("c2");
    assertThat(files.lines("file-2")).isEmpty();
  }

  @Test
  void linesThatSayTheSameShareIt() {
    InputFiles files = new InputFiles(1_000_000);
    Upload upload = new Upload(files, LineTags.OWN_NAMES);
    line(upload, "a", "c");
    line(upload, "b", new String("c"));
    upload.arrived("f");

    Map<String, RequestLine> lines = files.lines("f");
    assertThat(lines.get("a")).isSameAs(lines.get("b"));
  }

  @Test
  void ofWhatHasNotArrivedNothingIsKept() {
    InputFiles files = new InputFiles(1_000_000);
    Upload upload = new Upload(files, LineTags.OWN_NAMES);
    line(upload, "a", "c");
    assertThat(files.used()).isPositive();

    upload.failed();

    assertThat(files.used()).isZero();
    line(upload, "b", "c");
    upload.arrived("f");
    assertThat(files.lines("f")).isEmpty();
    assertThat(files.used()).isZero();
  }

  @Test
  void aNameThatIsGivenTwiceIsNobodysUnlessBothSayTheSame() {
    InputFiles files = new InputFiles(1_000_000);
    Upload upload = new Upload(files, LineTags.OWN_NAMES);
    line(upload, "same", "c");
    line(upload, "same", "c");
    line(upload, "differs", "c1");
    line(upload, "differs", "c2");
    line(upload, "once", "c");
    upload.ended("once", null);
    upload.arrived("f");

    assertThat(customer(files, "f", "same")).isEqualTo("c");
    assertThat(customer(files, "f", "differs")).isNull();
    assertThat(customer(files, "f", "once")).isNull();
  }

  @Test
  void linesBeyondTheBoundAreCountedAndTheOthersKept() {
    InputFiles files = new InputFiles(10_000);
    long before = LinesNotKept.count();
    Upload upload = new Upload(files, LineTags.OWN_NAMES);
    for (int i = 0; i < 1_000; i++) {
      line(upload, "line-" + i, "customer-" + i);
    }
    upload.arrived("f");

    int kept = files.lines("f").size();
    assertThat(kept).isBetween(10, 100);
    assertThat(customer(files, "f", "line-0")).isEqualTo("customer-0");
    assertThat(LinesNotKept.count() - before).isEqualTo(1_000 - kept);
    assertThat(files.used()).isLessThanOrEqualTo(10_000);
  }

  @Test
  void roomIsMadeByForgettingFilesWhoseResultsWereReadAndThenTheOldest() {
    InputFiles files = new InputFiles(3 * bytesOfOne());
    keep(files, "first");
    keep(files, "second");
    keep(files, "third");
    assertThat(files.lines("second")).hasSize(1);
    long before = LinesNotKept.count();

    keep(files, "fourth");
    assertThat(LinesNotKept.count()).isEqualTo(before);
    assertThat(files.lines("second")).isEmpty();

    keep(files, "fifth");
    assertThat(LinesNotKept.count()).isEqualTo(before + 1);
    assertThat(files.lines("first")).isEmpty();
    assertThat(files.lines("third")).hasSize(1);
    assertThat(files.lines("fifth")).hasSize(1);
  }

  @Test
  void aValueThatIsTooLongIsCountedWhereItWouldHaveSaidWhoPays() {
    long before = LinesNotKept.count();
    Upload upload = new Upload(new InputFiles(1_000_000), LineTags.OWN_NAMES);
    upload.tooLong("user");
    upload.ended("a", null);
    assertThat(LinesNotKept.count()).isEqualTo(before);
    upload.tooLong(CUSTOMER);
    upload.ended("b", null);
    assertThat(LinesNotKept.count()).isEqualTo(before + 1);
  }

  @Test
  void whatABrokenLineSaidDoesNotCount() {
    InputFiles files = new InputFiles(1_000_000);
    Upload upload = new Upload(files, LineTags.OWN_NAMES);
    upload.field(CUSTOMER, "broken");
    upload.broken();
    upload.ended("a", "gpt-image-2");
    upload.arrived("f");

    assertThat(customer(files, "f", "a")).isNull();
    assertThat(files.lines("f").get("a").pictureModel()).isEqualTo("gpt-image-2");
  }

  private static long bytesOfOne() {
    InputFiles files = new InputFiles(1_000_000);
    keep(files, "f");
    return files.used();
  }

  private static void keep(InputFiles files, String file) {
    Upload upload = new Upload(files, LineTags.OWN_NAMES);
    line(upload, "a", "c");
    upload.arrived(file);
  }

  private static void line(Upload upload, String customId, String customer) {
    upload.field(CUSTOMER, customer);
    upload.ended(customId, null);
  }

  private static String customer(InputFiles files, String file, String customId) {
    return files.lines(file).get(customId).attribution().customerId();
  }
}
