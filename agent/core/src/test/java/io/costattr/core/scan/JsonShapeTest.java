package io.costattr.core.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonShapeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "a.", ".a", "a..b", "a[", "a]", "a[0]", "a[]b", "a.[]", "*", "a.*"})
  void refusesWhatIsNoPathOfAValue(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> JsonShape.builder().value(path, 1));
  }

  @Test
  void asksForNamesOnlyByAStar() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonShape.builder().keys("metadata", 1))
        .withMessageContaining("metadata");
  }

  @Test
  void asksForAllMembersOnlyByAStarAndOnce() {
    JsonShape.Builder shape = JsonShape.builder().members("metadata.*", 1, 2);
    assertThatIllegalArgumentException().isThrownBy(() -> shape.members("metadata", 3, 4));
    assertThatIllegalArgumentException().isThrownBy(() -> shape.members("metadata.*", 3, 4));
    assertThatIllegalArgumentException().isThrownBy(() -> shape.keys("metadata.*", 3));
  }

  @Test
  void allMembersAreToldByTheirNamesAndValuesButThoseThatHaveAPathOfTheirOwn() {
    JsonShape shape =
        JsonShape.builder().members("a.*", 1, 2).value("a.named", 3).value("b", 4).build();
    Calls calls = new Calls();
    Pieces.byteByByte(
        new JsonScanner(shape, calls),
        ("{\"a\":{\"x.y\":\"v\",\"named\":\"n\",\"\":7,\"deep\":{\"x\":\"no\"},\"list\":[1],\"z\":null},"
                + "\"b\":true}")
            .getBytes(StandardCharsets.UTF_8));
    assertThat(calls.lines())
        .containsExactly(
            "1 key x.y",
            "2 string v",
            "1 key named",
            "3 string n",
            "1 key ",
            "2 number 7",
            "1 key deep",
            "1 key list",
            "1 key z",
            "2 null",
            "4 bool true");
  }

  @Test
  void refusesTheSamePathTwiceForTheSameKind() {
    JsonShape.Builder shape = JsonShape.builder().value("model", 1);
    assertThatIllegalArgumentException().isThrownBy(() -> shape.value("model", 2));
  }

  @Test
  void refusesAPathBothAsValueAndAsText() {
    JsonShape.Builder shape = JsonShape.builder().value("a", 1).text("b", 2);
    assertThatIllegalArgumentException().isThrownBy(() -> shape.text("a", 3));
    assertThatIllegalArgumentException().isThrownBy(() -> shape.value("b", 3));
  }

  @Test
  void refusesANegativeField() {
    assertThatIllegalArgumentException().isThrownBy(() -> JsonShape.builder().value("model", -1));
  }

  @Test
  void findsEveryOfManyNames() {
    JsonShape.Builder builder = JsonShape.builder();
    for (int i = 0; i < 100; i++) {
      builder.value("name" + i, i);
    }
    JsonShape.Node root = builder.build().root;
    for (int i = 0; i < 100; i++) {
      byte[] name = ("name" + i).getBytes(StandardCharsets.UTF_8);
      assertThat(root.member(name, 0, name.length).value).isEqualTo(i);
    }
    byte[] other = "name100".getBytes(StandardCharsets.UTF_8);
    assertThat(root.member(other, 0, other.length)).isSameAs(JsonShape.Node.UNWANTED);
    assertThat(root.member(other, 0, 0)).isSameAs(JsonShape.Node.UNWANTED);
  }

  @Test
  void anEmptyShapeWantsNothingOfAnyDocument() {
    Calls calls = new Calls();
    JsonScanner scanner = new JsonScanner(JsonShape.builder().build(), calls);
    Pieces.whole(scanner, "{\"a\":[1,{\"b\":null}]}".getBytes(StandardCharsets.UTF_8));
    assertThat(calls.lines()).isEmpty();
    assertThat(scanner.complete()).isTrue();
  }
}
