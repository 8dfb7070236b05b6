package io.costattr.core.dialect;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one message on a web socket is about: realtime conversations, and responses over a web
 * socket. Immutable.
 *
 * @param responseId the response of which it tells, or null where it names none
 * @param lane which of several streams of responses it belongs to, or null
 * @param eventId of a message that is sent its own name; of an error the name of what it answers
 * @param httpStatus of an error the status that it would have by HTTP, or 0
 */
public record SocketMessage(
    Kind kind,
    @Nullable String responseId,
    @Nullable String lane,
    @Nullable String eventId,
    int httpStatus) {

  /** What a message is about. */
  public enum Kind {
    /** Settings, of which only what is said changes. */
    SETTINGS,
    /** A part of the conversation. */
    ITEM,
    /** The application asks for a response. */
    ASKS,
    /** Sound, on its way to the provider. */
    SOUND,
    /** A response has been begun, asked for or not. */
    BEGINS,
    /** A part of a response. */
    PART,
    /** A part of a response that is sound. */
    SPOKEN,
    /** A response is over, whichever way. */
    ENDS,
    /** What somebody said to the model has been written down, by another model. */
    HEARD,
    /** Something that was sent is refused, or a response breaks off. */
    ERROR,
    /** A response that was asked for is refused. */
    REFUSAL,
    /** Nothing that costs. */
    OTHER
  }

  private static final Map<String, Kind> SENT =
      Map.of(
          "session.update", Kind.SETTINGS,
          "transcription_session.update", Kind.SETTINGS,
          "conversation.item.create", Kind.ITEM,
          "response.create", Kind.ASKS,
          "input_audio_buffer.append", Kind.SOUND);

  private static final Map<String, Kind> RECEIVED =
      Map.ofEntries(
          Map.entry("session.created", Kind.SETTINGS),
          Map.entry("session.updated", Kind.SETTINGS),
          Map.entry("transcription_session.created", Kind.SETTINGS),
          Map.entry("transcription_session.updated", Kind.SETTINGS),
          Map.entry("response.created", Kind.BEGINS),
          Map.entry("response.output_audio.delta", Kind.SPOKEN),
          Map.entry("response.audio.delta", Kind.SPOKEN),
          Map.entry("response.done", Kind.ENDS),
          Map.entry("response.completed", Kind.ENDS),
          Map.entry("response.incomplete", Kind.ENDS),
          Map.entry("response.failed", Kind.ENDS),
          Map.entry("conversation.item.input_audio_transcription.completed", Kind.HEARD),
          Map.entry("error", Kind.ERROR));

  /** Of a message of the application's. */
  public static SocketMessage sent(Reading message) {
    return of(SENT.getOrDefault(type(message), Kind.OTHER), message);
  }

  /** Of a message of the provider's. */
  public static SocketMessage received(Reading message) {
    String type = type(message);
    Kind kind = RECEIVED.get(type);
    if (kind == null) {
      kind = type.startsWith("response.") ? Kind.PART : Kind.OTHER;
    } else if (kind == Kind.ERROR && isAboutResponse(message)) {
      kind = Kind.REFUSAL;
    }
    return of(kind, message);
  }

  /**
   * Whether nothing more is wanted of a message of which the beginning has been read: it says
   * already that it is sound, or nothing that costs.
   */
  public static boolean isEnough(Reading beginning, boolean sent) {
    if (!beginning.has(Field.EVENT_TYPE)) {
      return false;
    }
    return switch ((sent ? sent(beginning) : received(beginning)).kind()) {
      case SOUND, SPOKEN, OTHER -> true;
      default -> false;
    };
  }

  /** Whether a response is sound, of which no text tells how much it is. */
  public static boolean isSpoken(Route socket, Reading request, Reading response) {
    return socket.dialect() instanceof RealtimeDialect
        && RealtimeDialect.isSpoken(request, response);
  }

  /** The model that writes down what is heard, from the settings of both sides; as a request. */
  public static Reading transcription(Reading wished, Reading set) {
    Reading request = new Reading();
    String model = set.string(Field.TRANSCRIPTION_MODEL);
    if (model == null) {
      model = wished.string(Field.TRANSCRIPTION_MODEL);
    }
    if (model != null) {
      request.string(Field.REQUEST_MODEL.id(), model);
    }
    return request;
  }

  /** Where that other model's work is counted; null where a socket has none. */
  public static @Nullable Route transcriptions(Route socket) {
    return socket.dialect() instanceof RealtimeDialect realtime
        ? new Route(realtime.transcriptions(), socket.provider(), Endpoint.AUDIO, true, null, false)
        : null;
  }

  /** A request for a response says by its code or its parameter that it is meant. */
  private static boolean isAboutResponse(Reading error) {
    String code = error.string(Field.ERROR_CODE);
    String param = error.string(Field.ERROR_PARAM);
    return "conversation_already_has_active_response".equals(code)
        || (param != null && (param.equals("response") || param.startsWith("response.")));
  }

  /**
   * Why a response is refused.
   *
   * @param id of the refusal, by which it can be named
   * @param status that it would have by HTTP
   * @param headers that it would have by HTTP
   */
  public record Refusal(
      String id,
      int status,
      String message,
      String type,
      String code,
      Map<String, String> headers) {}

  /** The provider's message that this one, which asks for a response, is refused. */
  public String refused(Route socket, Refusal refusal) {
    return socket.dialect() instanceof RealtimeDialect
        ? ErrorBody.inConversation(refusal, eventId)
        : ErrorBody.onSocket(refusal, lane);
  }

  private static SocketMessage of(Kind kind, Reading message) {
    String id = message.string(Field.RESPONSE_ID);
    boolean failed = kind == Kind.ERROR || kind == Kind.REFUSAL;
    Long status = failed ? message.number(Field.STATUS) : null;
    return new SocketMessage(
        kind,
        id != null ? id : message.string(Field.OF_RESPONSE),
        message.string(Field.LANE),
        message.string(Field.EVENT_ID),
        status == null || status < 400 || status > 599 ? 0 : status.intValue());
  }

  private static String type(Reading message) {
    String type = message.string(Field.EVENT_TYPE);
    return type == null ? "" : type;
  }
}
