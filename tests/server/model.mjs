// A model's server of OpenAI's protocol on a free port: `ask(body)` gives the reply's text, or null for none at all.
import http from 'node:http';

export async function serveModel(ask) {
    const seen = { requests: 0, left: 0, authorizations: new Set() };
    const server = http.createServer((request, response) => {
        if (request.method === 'GET') {
            response.end(JSON.stringify({ object: 'list', data: [{ id: 'test-model', object: 'model' }] }));
            return;
        }
        const parts = [];
        request.on('data', (part) => parts.push(part));
        request.on('end', async () => {
            seen.requests++;
            seen.authorizations.add(request.headers.authorization);
            response.on('close', () => { if (!response.writableEnded) seen.left++; });
            const body = JSON.parse(Buffer.concat(parts).toString());
            const text = await ask(body);
            if (text === null) return;
            const usage = { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 };
            const base = { id: 'x', created: 1, model: body.model };
            if (!body.stream) {
                const message = body.tools
                    ? { role: 'assistant', content: null, tool_calls: [{ id: 'c1', type: 'function', function: { name: body.tools[0].function.name, arguments: '{}' } }] }
                    : { role: 'assistant', content: text };
                response.setHeader('Content-Type', 'application/json');
                response.end(JSON.stringify({ ...base, object: 'chat.completion', choices: [{ index: 0, message, finish_reason: body.tools ? 'tool_calls' : 'stop' }], usage }));
                return;
            }
            response.setHeader('Content-Type', 'text/event-stream');
            for (const piece of text.split(' '))
                response.write(`data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: piece }, finish_reason: null }] })}\n\n`);
            response.end(`data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`);
        });
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { seen, url: `http://127.0.0.1:${server.address().port}/v1`, close: () => { server.closeAllConnections(); server.close(); } };
}
