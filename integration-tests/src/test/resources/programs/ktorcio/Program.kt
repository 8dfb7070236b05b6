import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.request.header
import io.ktor.client.request.post
import io.ktor.client.request.setBody
import io.ktor.client.statement.bodyAsText
import io.ktor.http.ContentType
import io.ktor.http.contentType
import kotlinx.coroutines.runBlocking

/** Calls through an engine that the agent does not observe. */
object Program {
  @JvmStatic
  fun main(arguments: Array<String>) {
    for (number in 1..2) {
      HttpClient(CIO).use { client ->
        runBlocking {
          val text =
            client
              .post(arguments[0] + "/chat/completions") {
                header("Authorization", "Bearer sk-test")
                contentType(ContentType.Application.Json)
                setBody(QUESTION)
              }
              .bodyAsText()
          if (!text.contains("gpt-4o-mini")) {
            throw AssertionError(text)
          }
        }
      }
    }
    println("done")
  }

  private const val QUESTION =
    """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Hello there"}]}"""
}
