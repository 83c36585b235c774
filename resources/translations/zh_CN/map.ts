<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CompareView</name>
    <message>
        <source>Space turns the dates</source>
        <translation>按空格键切换前后期</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>前期</translation>
    </message>
    <message>
        <source>After</source>
        <translation>后期</translation>
    </message>
    <message>
        <source>Single map</source>
        <translation>单图</translation>
    </message>
    <message>
        <source>Swipe</source>
        <translation>卷帘</translation>
    </message>
    <message>
        <source>Linked maps</source>
        <translation>双图联动</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>闪烁</translation>
    </message>
    <message>
        <source>{mode} ({key})</source>
        <translation>{mode}（{key}）</translation>
    </message>
    <message>
        <source>Blink (4); the space bar turns the dates</source>
        <translation>闪烁（4）：按空格键切换前后期</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>档案</translation>
    </message>
</context>
<context>
    <name>EditOutlineTool</name>
    <message>
        <source>Click the vertex to remove first</source>
        <translation>请先点选要删除的顶点</translation>
    </message>
    <message>
        <source>An outline needs three vertices</source>
        <translation>轮廓至少要有三个顶点</translation>
    </message>
    <message>
        <source>Drag vertices, click the middle of an edge to add one, Delete removes; Enter accepts, Esc cancels</source>
        <translation>拖动顶点修改，点击边的中点增加顶点，Delete 删除；Enter 确定，Esc 取消</translation>
    </message>
    <message>
        <source>The outline crosses itself; move a vertex or press Ctrl+Z</source>
        <translation>轮廓自相交，请移动顶点或按 Ctrl+Z 撤销</translation>
    </message>
</context>
<context>
    <name>IdentifySheet</name>
    <message>
        <source>{count} more below: click again</source>
        <translation>下方还有 {count} 个，再次点击可查看</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>&amp;Zoom</source>
        <translation>缩放至(&amp;Z)</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
</context>
<context>
    <name>LineTool</name>
    <message>
        <source>Click on one side of the building, then on the other; Enter accepts, Esc gives up</source>
        <translation>在建筑一侧单击，再到另一侧单击；Enter 确认，Esc 放弃</translation>
    </message>
</context>
<context>
    <name>MapReadout</name>
    <message>
        <source>N {north}  E {east}</source>
        <translation>X（北）{north}  Y（东）{east}</translation>
    </message>
</context>
<context>
    <name>MeasureTool</name>
    <message>
        <source>Ellipsoidal length {ellipsoidal}
Plane length {plane}</source>
        <translation>椭球面长度 {ellipsoidal}
投影面长度 {plane}</translation>
    </message>
    <message>
        <source>Ellipsoidal area {ellipsoidal}
Plane area {plane}</source>
        <translation>椭球面积 {ellipsoidal}
投影面积 {plane}</translation>
    </message>
    <message>
        <source>{m2} m² ({mu} mu)</source>
        <translation>{m2} m²（{mu} 亩）</translation>
    </message>
    <message>
        <source>Click the first point</source>
        <translation>点击起点</translation>
    </message>
    <message>
        <source>Click the next point; double-click to end, Backspace takes the last one back, Esc clears</source>
        <translation>点击下一点；双击结束，Backspace 退回一点，Esc 清除</translation>
    </message>
</context>
<context>
    <name>ScaleBox</name>
    <message>
        <source>Scale of the map; type one or choose</source>
        <translation>地图比例尺，可直接输入或选择</translation>
    </message>
    <message>
        <source>Map scale</source>
        <translation>地图比例尺</translation>
    </message>
</context>
<context>
    <name>SelectTool</name>
    <message>
        <source>Click to select; click again for what lies below</source>
        <translation>点击选择；同一位置再次点击，选择下一层对象</translation>
    </message>
</context>
<context>
    <name>identify</name>
    <message>
        <source>Type</source>
        <translation>变化类型</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>面积</translation>
    </message>
    <message>
        <source>Height change</source>
        <translation>高度变化</translation>
    </message>
    <message>
        <source>Permit</source>
        <translation>许可情况</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>管控区</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>复核状态</translation>
    </message>
    <message>
        <source>Household</source>
        <translation>户</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Taken at</source>
        <translation>拍摄时间</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Position by</source>
        <translation>定位方式</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Above take-off</source>
        <translation>距起飞点高度</translation>
    </message>
    <message>
        <source>Shows building</source>
        <translation>拍摄建筑</translation>
    </message>
    <message>
        <source>Holder</source>
        <translation>户主</translation>
    </message>
    <message>
        <source>Storeys</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Floor area</source>
        <translation>建筑面积</translation>
    </message>
    <message>
        <source>Footprint</source>
        <translation>占地面积</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>Built</source>
        <translation>建成日期</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>发证日期</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Storeys at most</source>
        <translation>许可层数</translation>
    </message>
    <message>
        <source>Height at most</source>
        <translation>许可高度</translation>
    </message>
    <message>
        <source>Footprint at most</source>
        <translation>许可占地</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>建案日期</translation>
    </message>
    <message>
        <source>Party</source>
        <translation>当事人</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Officers</source>
        <translation>承办人</translation>
    </message>
    <message>
        <source>Ordered</source>
        <translation>责令拆除面积</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Flown</source>
        <translation>航摄日期</translation>
    </message>
    <message>
        <source>Pixel</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Village</source>
        <translation>村社</translation>
    </message>
    <message>
        <source>Town</source>
        <translation>镇街</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>layers</name>
    <message>
        <source>Photographs</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>{survey} orthophoto</source>
        <translation>{survey} DOM</translation>
    </message>
    <message>
        <source>{survey} surface</source>
        <translation>{survey} DSM</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>图斑</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Buildings</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Permits</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Parcels</source>
        <translation>宗地</translation>
    </message>
    <message>
        <source>Control zones</source>
        <translation>管控区</translation>
    </message>
</context>
<context>
    <name>styles</name>
    <message>
        <source>No permit needed</source>
        <translation>无需许可</translation>
    </message>
    <message>
        <source>Lead and verification</source>
        <translation>线索与核查</translation>
    </message>
    <message>
        <source>Investigation and review</source>
        <translation>立案调查与审核</translation>
    </message>
    <message>
        <source>Decision and service</source>
        <translation>决定与送达</translation>
    </message>
    <message>
        <source>Enforced demolition</source>
        <translation>强制拆除</translation>
    </message>
    <message>
        <source>Acceptance and reuse</source>
        <translation>验收与拆后利用</translation>
    </message>
    <message>
        <source>Closed cases</source>
        <translation>已结案</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>不立案、移送、暂缓等</translation>
    </message>
    <message>
        <source>No case</source>
        <translation>未立案</translation>
    </message>
    <message>
        <source>Building</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>1 storey</source>
        <translation>1 层</translation>
    </message>
    <message>
        <source>2 storeys</source>
        <translation>2 层</translation>
    </message>
    <message>
        <source>3 storeys</source>
        <translation>3 层</translation>
    </message>
    <message>
        <source>4 storeys or more</source>
        <translation>4 层及以上</translation>
    </message>
    <message>
        <source>Storeys not known</source>
        <translation>层数不详</translation>
    </message>
    <message>
        <source>Not decided</source>
        <translation>未定处置</translation>
    </message>
    <message>
        <source>Parcel</source>
        <translation>宗地</translation>
    </message>
    <message>
        <source>Kind not known</source>
        <translation>种类不详</translation>
    </message>
    <message>
        <source>By type of change</source>
        <translation>按变化类型</translation>
    </message>
    <message>
        <source>By permit</source>
        <translation>按许可情况</translation>
    </message>
    <message>
        <source>By review</source>
        <translation>按复核状态</translation>
    </message>
    <message>
        <source>By stage of the case</source>
        <translation>按案件阶段</translation>
    </message>
    <message>
        <source>By stage</source>
        <translation>按阶段</translation>
    </message>
    <message>
        <source>All alike</source>
        <translation>统一样式</translation>
    </message>
    <message>
        <source>By storeys</source>
        <translation>按层数</translation>
    </message>
    <message>
        <source>By disposal class</source>
        <translation>按处置类别</translation>
    </message>
    <message>
        <source>By kind</source>
        <translation>按种类</translation>
    </message>
</context>
<context>
    <name>subjects</name>
    <message>
        <source>Finding {number}</source>
        <translation>图斑 {number}</translation>
    </message>
    <message>
        <source>Case {number}</source>
        <translation>案件 {number}</translation>
    </message>
    <message>
        <source>Building {number}</source>
        <translation>建筑 {number}</translation>
    </message>
    <message>
        <source>Permit {number}</source>
        <translation>许可 {number}</translation>
    </message>
    <message>
        <source>Parcel {number}</source>
        <translation>宗地 {number}</translation>
    </message>
    <message>
        <source>Zone {number}</source>
        <translation>管控区 {number}</translation>
    </message>
    <message>
        <source>Household {number}</source>
        <translation>户 {number}</translation>
    </message>
    <message>
        <source>Survey {number}</source>
        <translation>期次 {number}</translation>
    </message>
    <message>
        <source>Photograph</source>
        <translation>照片</translation>
    </message>
</context>
</TS>
