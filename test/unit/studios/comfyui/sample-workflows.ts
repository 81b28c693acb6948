/**
 * Workflows in API format, as those that are published for the models of today are wired: the same
 * classes, names of inputs and links, and as little else as they need.
 */
type Inputs = Record<string, unknown>;

function node(classType: string, inputs: Inputs, title?: string): unknown {
  return {
    class_type: classType,
    inputs,
    ...(title === undefined ? {} : { _meta: { title } }),
  };
}

const clip = (text: string, title: string): unknown =>
  node('CLIPTextEncode', { text, clip: ['38', 0] }, title);

/** Wan 2.2 with its two samplers, one after the other. */
export const wan = {
  '6': clip('a cat', 'CLIP Text Encode (Positive Prompt)'),
  '7': clip('blurry', 'CLIP Text Encode (Negative Prompt)'),
  '8': node('VAEDecode', { samples: ['58', 0], vae: ['39', 0] }),
  '37': node('UNETLoader', { unet_name: 'wan_high.safetensors' }, 'Load Diffusion Model'),
  '38': node('CLIPLoader', { clip_name: 'umt5.safetensors', type: 'wan' }),
  '39': node('VAELoader', { vae_name: 'wan_2.1_vae.safetensors' }),
  '56': node('UNETLoader', { unet_name: 'wan_low.safetensors' }, 'Load Diffusion Model'),
  '57': node('KSamplerAdvanced', {
    add_noise: 'enable',
    noise_seed: 7,
    steps: 20,
    cfg: 3.5,
    start_at_step: 0,
    end_at_step: 10,
    model: ['37', 0],
    positive: ['6', 0],
    negative: ['7', 0],
    latent_image: ['59', 0],
  }),
  '58': node('KSamplerAdvanced', {
    add_noise: 'disable',
    noise_seed: 0,
    steps: 20,
    cfg: 3.5,
    start_at_step: 10,
    end_at_step: 10000,
    model: ['56', 0],
    positive: ['6', 0],
    negative: ['7', 0],
    latent_image: ['57', 0],
  }),
  '59': node('EmptyHunyuanLatentVideo', { width: 832, height: 480, length: 81, batch_size: 1 }),
  '60': node('CreateVideo', { fps: 16, images: ['8', 0] }),
  '61': node('SaveVideo', { filename_prefix: 'video/wan', format: 'auto', video: ['60', 0] }),
};

/** LTX-Video, whose prompts come out of a node of both, and which is told its frame rate twice. */
export const ltx = {
  '6': clip('a cat', 'Positive'),
  '7': clip('worst quality', 'Negative'),
  '8': node('VAEDecode', { samples: ['72', 0], vae: ['44', 2] }),
  '38': node('CLIPLoader', { clip_name: 't5xxl.safetensors', type: 'ltxv' }),
  '44': node('CheckpointLoaderSimple', { ckpt_name: 'ltx.safetensors' }),
  '69': node('LTXVConditioning', { frame_rate: 25, positive: ['6', 0], negative: ['7', 0] }),
  '70': node('EmptyLTXVLatentVideo', { width: 768, height: 512, length: 97, batch_size: 1 }),
  '71': node('LTXVScheduler', { steps: 30, latent: ['70', 0] }),
  '72': node('SamplerCustom', {
    add_noise: true,
    noise_seed: 1,
    cfg: 3,
    model: ['44', 0],
    positive: ['69', 0],
    negative: ['69', 1],
    sigmas: ['71', 0],
    latent_image: ['70', 0],
  }),
  '78': node('VHS_VideoCombine', { frame_rate: 25, format: 'video/h264-mp4', images: ['8', 0] }),
};

/** HunyuanVideo, which has no negative prompt and no input called positive. */
export const hunyuan = {
  '8': node('VAEDecodeTiled', { samples: ['13', 0], tile_size: 256, vae: ['10', 0] }),
  '10': node('VAELoader', { vae_name: 'hunyuan_vae.safetensors' }),
  '11': node('DualCLIPLoader', {
    clip_name1: 'clip_l',
    clip_name2: 'llava',
    type: 'hunyuan_video',
  }),
  '12': node('UNETLoader', { unet_name: 'hunyuan_t2v_720p.safetensors' }),
  '13': node('SamplerCustomAdvanced', {
    noise: ['25', 0],
    guider: ['22', 0],
    sampler: ['16', 0],
    sigmas: ['17', 0],
    latent_image: ['45', 0],
  }),
  '16': node('KSamplerSelect', { sampler_name: 'euler' }),
  '17': node('BasicScheduler', { scheduler: 'simple', steps: 20, denoise: 1, model: ['12', 0] }),
  '22': node('BasicGuider', { model: ['12', 0], conditioning: ['26', 0] }),
  '25': node('RandomNoise', { noise_seed: 600 }),
  '26': node('FluxGuidance', { guidance: 6, conditioning: ['44', 0] }),
  '44': node('CLIPTextEncode', { text: 'a cat', clip: ['11', 0] }),
  '45': node('EmptyHunyuanLatentVideo', { width: 848, height: 480, length: 73, batch_size: 1 }),
  '75': node('SaveWEBM', { codec: 'vp9', fps: 24, crf: 32, images: ['8', 0] }),
};

/** AnimateDiff, where a clip is a batch of pictures, with frames put in between them afterwards. */
export const animateDiff = {
  '1': node('CheckpointLoaderSimple', { ckpt_name: 'dreamshaper.safetensors' }),
  '2': node('ADE_AnimateDiffLoaderGen1', {
    model_name: 'mm_sd15_v2.ckpt',
    model: ['1', 0],
    context_options: ['9', 0],
  }),
  '3': node('CLIPTextEncode', { text: ['10', 0], clip: ['1', 1] }),
  '4': node('CLIPTextEncode', { text: 'bad quality', clip: ['1', 1] }),
  '5': node('EmptyLatentImage', { width: 512, height: 512, batch_size: 16 }),
  '6': node('KSampler', {
    seed: ['11', 0],
    steps: 20,
    model: ['2', 0],
    positive: ['3', 0],
    negative: ['4', 0],
    latent_image: ['5', 0],
  }),
  '7': node('VAEDecode', { samples: ['6', 0], vae: ['1', 2] }),
  '8': node('RIFE VFI', { ckpt_name: 'rife47.pth', multiplier: 2, frames: ['7', 0] }),
  '9': node('ADE_StandardStaticContextOptions', { context_length: 16, context_overlap: 4 }),
  '10': node('PrimitiveStringMultiline', { value: 'a cat' }),
  '11': node('Seed (rgthree)', { seed: 5 }),
  '12': node('VHS_VideoCombine', { frame_rate: 16, format: 'video/h264-mp4', images: ['8', 0] }),
};

/** CogVideoX with the nodes of its wrapper. */
export const cogVideo = {
  '1': node('DownloadAndLoadCogVideoModel', { model: 'THUDM/CogVideoX-5b' }),
  '20': node('CLIPLoader', { clip_name: 't5xxl.safetensors', type: 'sd3' }),
  '30': node('CogVideoTextEncode', { prompt: 'a cat', strength: 1, clip: ['20', 0] }),
  '31': node('CogVideoTextEncode', { prompt: '', strength: 1, clip: ['20', 0] }),
  '33': node('VHS_VideoCombine', { frame_rate: 8, format: 'video/h264-mp4', images: ['60', 0] }),
  '60': node('CogVideoDecode', { samples: ['63', 0], vae: ['1', 1] }),
  '63': node('CogVideoSampler', {
    num_frames: 49,
    steps: 50,
    cfg: 6,
    seed: 9,
    model: ['1', 0],
    positive: ['30', 0],
    negative: ['31', 0],
    samples: ['70', 0],
  }),
  '70': node('EmptyLatentImage', { width: 720, height: 480, batch_size: 1 }),
};

/** Wan with the nodes of its wrapper, where one node has both prompts. */
export const wanWrapper = {
  '11': node('LoadWanVideoT5TextEncoder', { model_name: 'umt5.safetensors' }),
  '16': node('WanVideoTextEncode', {
    positive_prompt: 'a cat',
    negative_prompt: 'static',
    t5: ['11', 0],
  }),
  '22': node('WanVideoModelLoader', { model: 'wan_14B.safetensors' }),
  '27': node('WanVideoSampler', {
    steps: 20,
    seed: 4,
    model: ['22', 0],
    text_embeds: ['16', 0],
    image_embeds: ['37', 0],
  }),
  '28': node('WanVideoDecode', { samples: ['27', 0] }),
  '30': node('VHS_VideoCombine', { frame_rate: 16, format: 'video/h264-mp4', images: ['28', 0] }),
  '37': node('WanVideoEmptyEmbeds', { width: 832, height: 480, num_frames: 81 }),
};

/** The workflow as the editor of ComfyUI saves it for itself. */
export const forTheEditor = {
  last_node_id: 2,
  nodes: [{ id: 1, type: 'KSampler', inputs: [], widgets_values: [7, 'randomize'] }],
  links: [[1, 1, 0, 2, 0, 'LATENT']],
  version: 0.4,
};

function info(name: string, input: string, rules: object): readonly [string, unknown] {
  return [name, { [name]: { input: { required: { [input]: ['INT', rules] } } } }];
}

/** What `GET /object_info/{class}` says of inputs that count, as the nodes' own sources do. */
export const objectInfo: Readonly<Record<string, unknown>> = Object.fromEntries([
  info('EmptyHunyuanLatentVideo', 'length', { default: 25, min: 1, max: 16384, step: 4 }),
  info('EmptyLTXVLatentVideo', 'length', { default: 97, min: 1, max: 16384, step: 8 }),
  info('EmptyLatentImage', 'batch_size', { default: 1, min: 1, max: 4096 }),
  info('CogVideoSampler', 'num_frames', { default: 49, min: 17, max: 1024, step: 4 }),
  info('WanVideoEmptyEmbeds', 'num_frames', { default: 81, min: 1, max: 10000, step: 4 }),
]);
